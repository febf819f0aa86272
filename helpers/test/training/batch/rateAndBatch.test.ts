import {
  bjorckLearningRate,
  drawRateAndBatch,
  excessOnGrid,
  fitRateBatch,
  hyperparameterGrids,
  type Law,
  ownOptimum,
  percentileInterval,
  rateAndBatch,
  rateBatchConstants,
  rateBatchValley,
  stepLawValley,
  valleyShape,
  withParameters,
} from "isoflop";
import { stepLaw1b100b, stepLawDense } from "isoflop-datasets";
import { expect, test } from "vitest";
import { linex } from "../../../src/laws/batch/linex.ts";

const truth = withParameters(rateBatchValley, stepLawValley.parameters);
const noiseless = stepLawDense().map((run) => ({
  ...run,
  loss: truth.predict({ ...run, nParams: run.nParamsNonEmbedding }),
}));

test("the wall is a parabola without lean, has its curvature with one, and joins its series smoothly", () => {
  const out = new Float64Array(3);
  linex(1.3, 0, out);
  expect(out[0]).toBeCloseTo(1.69, 14);
  for (const u of [0.999999, 1.000001, -0.999999, -1.000001]) {
    const skew = 0.5;
    const t = skew * u;
    linex(u, skew, out);
    expect(out[0]).toBeCloseTo((2 * (Math.exp(t) - 1 - t)) / skew ** 2, 12);
    expect(out[1]).toBeCloseTo((2 * (Math.exp(t) - 1)) / skew, 12);
    const difference = (s: number) => (2 * (Math.exp(s * u) - 1 - s * u)) / s ** 2;
    expect(out[2]).toBeCloseTo((difference(skew + 1e-5) - difference(skew - 1e-5)) / 2e-5, 6);
  }
});

test("runs without noise give back every constant of the valley", () => {
  const { shape, status, residualSd } = fitRateBatch(noiseless);
  expect(status).toBe("converged");
  expect(residualSd).toBeLessThan(1e-6);
  for (const name of valleyShape) {
    // The level is fitted first, and the split of what is reducible scales the curvatures.
    if (name.endsWith("Curvature")) continue;
    expect(shape[name] / stepLawValley.parameters[name], name).toBeCloseTo(1, 3);
  }
});

test("the best settings are those of a brute search of the law", () => {
  const scale = { nParams: 5e8, nTokens: 3e10 };
  const best = rateAndBatch(scale);
  let least = { loss: Infinity, learningRate: 0, batchTokens: 0 };
  for (let i = -40; i <= 40; i++) {
    for (let j = -40; j <= 40; j++) {
      const learningRate = best.learningRate.value * Math.exp(i / 50);
      const batchTokens = best.batchTokens.value * Math.exp(j / 50);
      const loss = truth.predict({ ...scale, learningRate, batchTokens });
      if (loss < least.loss) least = { loss, learningRate, batchTokens };
    }
  }
  expect(least.learningRate).toBe(best.learningRate.value);
  expect(least.batchTokens).toBe(best.batchTokens.value);
});

test("for a batch off the optimum the rate is the best for it, and the loss paid is the law's", () => {
  const scale = { nParams: 5e8, nTokens: 3e10 };
  const forced = rateAndBatch({ ...scale, batchTokens: 4e6 });
  const at = (learningRate: number) => truth.predict({ ...scale, learningRate, batchTokens: 4e6 });
  const rate = forced.learningRate.value;
  expect(at(rate)).toBeLessThan(at(rate * 1.02));
  expect(at(rate)).toBeLessThan(at(rate / 1.02));
  const best = rateAndBatch(scale);
  const bottom = truth.predict({
    ...scale,
    learningRate: best.learningRate.value,
    batchTokens: best.batchTokens.value,
  });
  expect(forced.lossPaid.value).toBeCloseTo(at(rate) - bottom, 10);
  const [low, high] = forced.lossPaid.interval;
  expect(low < forced.lossPaid.value && forced.lossPaid.value < high).toBe(true);
});

test("tokens counted in another unit move the best batch by that unit and nothing else", () => {
  const inSequences = stepLawDense().map((run) => ({ ...run, batchTokens: run.batchTokens / 2048 }));
  const tokens = fitRateBatch(stepLawDense()).shape;
  const sequences = fitRateBatch(inSequences).shape;
  expect(sequences.batch * 2048).toBeCloseTo(tokens.batch, -2);
  for (const name of ["rate", "rateN", "rateD", "batchN", "batchD", "coupling", "skew"] as const) {
    expect(sequences[name] / tokens[name], name).toBeCloseTo(1, 3);
  }
});

test("the committed constants are those of the public runs", () => {
  const again = rateBatchConstants(stepLawDense(), { source: "", conditions: "" });
  for (const name of valleyShape) {
    expect(again.parameters[name] / stepLawValley.parameters[name], name).toBeCloseTo(1, 4);
    again.replicates.forEach((replicate, k) => {
      expect(replicate[name] / stepLawValley.replicates[k]![name], `${name} ${k}`).toBeCloseTo(1, 3);
    });
  }
  again.scatter.forEach((shift, k) => {
    expect(shift[0]).toBeCloseTo(stepLawValley.scatter[k]![0], 3);
    expect(shift[1]).toBeCloseTo(stepLawValley.scatter[k]![1], 3);
  });
  expect(again.fitted).toEqual(stepLawValley.fitted);
});

test("draws spread as the interval says, the same for the same seed", () => {
  const scale = { nParams: 1e9, nTokens: 1e11 };
  for (const intervalOf of ["run", "law"] as const) {
    const draws = drawRateAndBatch({ ...scale, draws: 4000, seed: 1, intervalOf });
    const { learningRate, batchTokens } = rateAndBatch({ ...scale, intervalOf });
    for (const [values, { interval }] of [
      [draws.map((draw) => draw.learningRate), learningRate],
      [draws.map((draw) => draw.batchTokens), batchTokens],
    ] as const) {
      const [low, high] = percentileInterval(values);
      expect(Math.log(low / interval[0])).toBeCloseTo(0, 1);
      expect(Math.log(high / interval[1])).toBeCloseTo(0, 1);
    }
  }
  const [one, two] = [1, 1].map((seed) => drawRateAndBatch({ ...scale, draws: 3, seed }));
  expect(one).toEqual(two);
});

test("the interval for a run holds the optimum of the grid that was held out", () => {
  const own = ownOptimum(stepLaw1b100b(), stepLawValley.parameters);
  const { learningRate, batchTokens } = rateAndBatch({ nParams: 1073741824, nTokens: 100e9 });
  expect(own.learningRate).toBeGreaterThan(learningRate.interval[0]);
  expect(own.learningRate).toBeLessThan(learningRate.interval[1]);
  expect(own.batchTokens).toBeGreaterThan(batchTokens.interval[0]);
  expect(own.batchTokens).toBeLessThan(batchTokens.interval[1]);
});

test("interpolated excess is 0 at the best run, exact for a plane, undefined outside and beside a hole", () => {
  const plane = [1, 2, 4].flatMap((rate) =>
    [10, 20].map((batch) => ({
      learningRate: rate * 1e-3,
      batchTokens: batch,
      loss: 2 + Math.log(rate) + 2 * Math.log(batch / 10),
    })),
  );
  const inside = { learningRate: 3e-3, batchTokens: 15 };
  const exact = (2 + Math.log(3) + 2 * Math.log(1.5)) / 2 - 1;
  const found = excessOnGrid(plane, inside);
  expect(found.interpolated).toBeCloseTo(exact, 12);
  expect(found.byTriangles![0]).toBeCloseTo(exact, 12);
  expect(found.byTriangles![1]).toBeCloseTo(exact, 12);
  expect(excessOnGrid(plane, plane[0]!).interpolated).toBeCloseTo(0, 14);
  expect(excessOnGrid(plane, { learningRate: 5e-3, batchTokens: 15 }).interpolated).toBeUndefined();
  expect(excessOnGrid(plane.slice(0, -1), inside).interpolated).toBeUndefined();
});

test("Bjorck's rule only carries a rate on, and goes there and back", () => {
  const from = { learningRate: 2e-3, nParams: 1e8, nTokens: 1e10 };
  const there = { nParams: 3e9, nTokens: 7e11 };
  const rate = bjorckLearningRate({ from, ...there });
  const { nParams, nTokens } = from;
  expect(bjorckLearningRate({ from: { learningRate: rate, ...there }, nParams, nTokens })).toBeCloseTo(
    2e-3,
    12,
  );
});

test("too few grids, a bad batch and a bad level are refused", () => {
  const few = hyperparameterGrids(stepLawDense())
    .slice(0, 3)
    .flatMap((grid) => grid.runs);
  expect(() => fitRateBatch(few)).toThrow("fitRateBatch needs six grids");
  expect(() => fitRateBatch(few, { window: 0 })).toThrow("window must be a number > 0, got 0");
  expect(() => rateAndBatch({ nParams: 1e9, nTokens: 1e11, batchTokens: -4 })).toThrow(
    "batchTokens must be a number > 0, got -4",
  );
  expect(() => rateAndBatch({ nParams: 1e9, nTokens: 1e11, level: 95 })).toThrow("level");
  expect(() => rateAndBatch({ nParams: Number.NaN, nTokens: 1e11 })).toThrow("nParams must be");
  expect(() => drawRateAndBatch({ nParams: 1e9, nTokens: 1e11, draws: 0 })).toThrow("draws must be");
  expect(() => ownOptimum(stepLaw1b100b().slice(0, 4), stepLawValley.parameters)).toThrow("nine runs");
  expect((rateBatchValley as Law).starts?.([], new Float64Array(0))).toEqual([]);
});

test("a valley that is none and grid runs without a loss are refused", () => {
  const valley = {} as typeof stepLawValley;
  expect(() => rateAndBatch({ nParams: 1e9, nTokens: 1e11, valley })).toThrow(
    "valley must be constants made by rateBatchConstants",
  );
  expect(() => drawRateAndBatch({ nParams: 1e9, nTokens: 1e11, valley })).toThrow("valley must be");
  const run = { learningRate: 1e-3, batchTokens: 1e6, loss: Number.NaN };
  expect(() => excessOnGrid([run], run)).toThrow("loss must be a finite number > 0, got NaN in row 0");
});

test("sizes counted in millions move the best settings' constants and not the settings", () => {
  const counted = noiseless.map((run) => ({ ...run, nParamsNonEmbedding: run.nParamsNonEmbedding / 1e6 }));
  const [plain, millions] = [noiseless, counted].map((runs) => fitRateBatch(runs).law.parameters);
  const at = (parameters: typeof plain, nParams: number) => {
    const valley = { ...stepLawValley, parameters: parameters! };
    const { learningRate, batchTokens } = rateAndBatch({ nParams, nTokens: 1e11, valley });
    return [learningRate.value, batchTokens.value] as const;
  };
  const [[rate, batch], [sameRate, sameBatch]] = [at(plain, 5e8), at(millions, 500)];
  expect(sameRate / rate).toBeCloseTo(1, 3);
  expect(sameBatch / batch).toBeCloseTo(1, 3);
});
