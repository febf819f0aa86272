import {
  bestTeacher,
  type DistillationConstants,
  distilledLoss,
  effectiveParamsPrecision,
  kumar2024,
  optimalPrecision,
  type PrecisionConstants,
  parallelLoss,
  precisionForSize,
  quantisationPenalty,
  rlReward,
  withParameters,
} from "isoflop";
import { expect, test } from "vitest";

test("fewer streams than one are refused, since their worth is no number", () => {
  const law = withParameters(parallelLoss, { E: 0.69, A: 21.6, alpha: 0.19, k: 0.39 });
  expect(() => law.predict({ nParams: 1e9, streams: 0.01 })).toThrow("streams must be 1 or above, got 0.01");
});

test("constants that are none are refused with what they lack", () => {
  const without = { ...kumar2024, weights: { gamma: 2, offset: Number.NaN } };
  expect(() => effectiveParamsPrecision({ nParams: 1e9, bits: { weights: 4 }, constants: without })).toThrow(
    "offset of weights must be a finite number, got NaN",
  );
  const empty = {} as PrecisionConstants;
  expect(() => precisionForSize({ nParams: 1e9, flops: 1e22, constants: empty })).toThrow("gamma of weights");
  expect(() => quantisationPenalty({ nParams: 1e9, nTokens: 1e9, bits: 4, constants: empty })).toThrow(
    "gamma of weights",
  );
  expect(() => optimalPrecision([{ gamma: 2, offset: Number.NaN }])).toThrow("offset of part 0");
  const teacherless = {} as DistillationConstants;
  const student = { nParams: 1e9, nTokens: 20e9, constants: teacherless };
  expect(() => distilledLoss({ ...student, teacherLoss: 2 })).toThrow("supervised law with predict");
  expect(() => bestTeacher(student)).toThrow("supervised law with predict");
});

test("a reward from a start that is no number is refused", () => {
  const run = { compute: 1, start: null as unknown as number, ceiling: 1, exponent: 1, midpoint: 1 };
  expect(() => rlReward(run)).toThrow("start must be a finite number, got null");
});
