import { expect, test } from "vitest";
import { expectedDistinctExperts, posteriorWeightedReward } from "../../src/index.ts";

test("a batch without end reads every expert", () => {
  expect(expectedDistinctExperts({ nExperts: 8, perToken: 2, batchSize: Infinity })).toBe(8);
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
