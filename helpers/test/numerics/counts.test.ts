import { expect, test } from "vitest";
import {
  approach2,
  chinchilla,
  fit,
  hoffmann2022,
  parabolaVertexShift,
  posteriorWeightedReward,
  simulateSweep,
} from "../../src/index.ts";

const sweep = { budgets: [1e18, 1e19, 1e20], nPoints: 7, halfWidth: 4 };
const runs = simulateSweep(hoffmann2022, sweep);

// A count sizes an array or a loop: one without end would end the process, or never come back.
test.each([Infinity, 1e300, 2 ** 52, NaN, 10.5])("a count of %s is refused", async (count) => {
  expect(() => approach2(runs, { resamples: count })).toThrow(/^resamples must be a whole number/);
  expect(() => simulateSweep(hoffmann2022, { ...sweep, nPoints: count })).toThrow(/^nPoints must be/);
  const shape = { alpha: 0.34, beta: 0.28, halfWidth: 16, nPoints: count };
  expect(() => parabolaVertexShift(shape)).toThrow(/^nPoints must be an integer >= 3/);
  await expect(fit(chinchilla, runs).bootstrap({ resamples: count })).rejects.toThrow(/^resamples must be/);
});

test.each([Infinity, 1e300, 1.5, -1, NaN])("running sums of %s samples are refused", (nSamples) => {
  const taskTypes = [
    { share: 0.5, solveRate: 0.9 },
    { share: 0.5, solveRate: 0.1 },
  ] as const;
  const verifier = { taskTypes, completeness: 1, soundness: 0.75, falsePositiveReward: -1 };
  expect(() => posteriorWeightedReward(verifier, nSamples)).toThrow(
    /^nSamples must be a whole number between 0 and 1000000, got/,
  );
});
