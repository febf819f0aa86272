import fc from "fast-check";
import {
  chinchilla,
  effectiveParamsPrecision,
  kumar2024,
  optimalPrecision,
  precisionAllocation,
  precisionForSize,
  precisionLoss,
  predict,
  quantisationPenalty,
  tokensUntilHarm,
} from "isoflop";
import { expect, test } from "vitest";

const { E, A, B, alpha } = kumar2024;
const parts = ["weights", "activations", "kvCache"] as const;
const all = (bits: number) => ({ weights: bits, activations: bits, kvCache: bits });

test("with bits without limit a model is worth its parameters, and the loss is Chinchilla's", () => {
  expect(effectiveParamsPrecision({ nParams: 1e9, bits: all(1e4) })).toBe(1e9);
  expect(effectiveParamsPrecision({ nParams: 1e9, bits: {} })).toBe(1e9);
  const constants = { E, A, B, alpha, beta: alpha };
  const run = { nParams: 1e8, nTokens: 1e10 };
  expect(predict(precisionLoss, { ...constants, ...kumar2024.weights }, { ...run, bits: 1e4 })).toBe(
    predict(chinchilla, constants, run),
  );
});

test("the law of one precision reads the effective parameters of that part", () => {
  const run = { nParams: 1e8, nTokens: 1e10, bits: 5 };
  for (const part of parts) {
    const nParams = effectiveParamsPrecision({ nParams: run.nParams, bits: { [part]: run.bits } });
    const constants = { E, A, B, alpha, beta: alpha };
    const expected = predict(chinchilla, constants, { ...run, nParams });
    const found = predict(precisionLoss, { ...constants, ...kumar2024[part] }, run);
    expect(found / expected).toBeCloseTo(1, 13);
  }
});

test("the parts multiply, and four bits of weights keep what appendix K says", () => {
  const separate = parts.map((part) => effectiveParamsPrecision({ nParams: 1, bits: { [part]: 6 } }));
  const together = effectiveParamsPrecision({ nParams: 1, bits: all(6) });
  expect(together).toBeCloseTo(
    separate.reduce((product, share) => product * share, 1),
    14,
  );
  expect(effectiveParamsPrecision({ nParams: 1, bits: { weights: 4 } })).toBeCloseTo(
    1 - Math.exp(0.3037 - 4 / 2.6745),
    14,
  );
});

test("the best precision is 7 bits with the offsets, 3.5 and 3.7 without", () => {
  const three = parts.map((part) => kumar2024[part]);
  const mean = three.reduce((sum, { gamma }) => sum + gamma, 0) / 3;
  expect(optimalPrecision()).toBeCloseTo(7.0, 2);
  expect(optimalPrecision(three.map(({ gamma }) => ({ gamma, offset: 0 })))).toBeCloseTo(3.47, 2);
  expect(optimalPrecision(three.map(() => ({ gamma: mean, offset: 0 })))).toBeCloseTo(3.71, 2);
});

test("of k like parts without offsets the optimum solves k x = e^x - 1, in units of gamma", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 6 }), fc.double({ min: 0.2, max: 5, noNaN: true }), (k, gamma) => {
      const x = optimalPrecision(Array(k).fill({ gamma, offset: 0 })) / gamma;
      expect(Math.expm1(x) / (k * x)).toBeCloseTo(1, 9);
    }),
    { seed: 3, numRuns: 50 },
  );
});

test("the best precision is where a scan of share over bits is highest", () => {
  const part = fc.record({
    gamma: fc.double({ min: 0.3, max: 4, noNaN: true }),
    offset: fc.double({ min: 0.2, max: 2, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 3 }), (given) => {
      const gain = (bits: number) =>
        given.reduce(
          (product, { gamma, offset }) => product * Math.max(1 - Math.exp(offset - bits / gamma), 0),
          1,
        ) / bits;
      const best = optimalPrecision(given);
      const scan = Array.from({ length: 4000 }, (_, i) => 0.01 * (i + 1));
      expect(gain(best)).toBeGreaterThanOrEqual(Math.max(...scan.map(gain)) * (1 - 1e-12));
    }),
    { seed: 5, numRuns: 60 },
  );
});

test("an allocation spends the budget and beats its neighbours, and the best precision beats other precisions", () => {
  const flops = 1e21;
  const lossAt = (nParams: number, bits: number) => {
    const nTokens = flops / ((6 / 16) * bits * nParams);
    return predict(
      chinchilla,
      { E, A, B, alpha, beta: alpha },
      { nParams: effectiveParamsPrecision({ nParams, bits: all(bits) }), nTokens },
    );
  };
  for (const bits of [4, 7, 16]) {
    const { nParams, nTokens, effectiveParams, loss } = precisionAllocation({ flops, bits });
    expect((6 / 16) * nParams * nTokens * bits).toBeCloseTo(flops, -9);
    expect(effectiveParams).toBeCloseTo(effectiveParamsPrecision({ nParams, bits: all(bits) }), -2);
    expect(loss).toBeCloseTo(lossAt(nParams, bits), 12);
    for (const factor of [0.99, 1.01]) expect(loss).toBeLessThan(lossAt(nParams * factor, bits));
  }
  const best = optimalPrecision();
  const { loss, nTokens } = precisionAllocation({ flops, bits: best });
  for (const factor of [0.98, 1.02]) {
    const other = precisionAllocation({ flops, bits: best * factor });
    expect(loss).toBeLessThan(other.loss);
    expect(nTokens).toBeGreaterThan(other.nTokens);
  }
});

test("for a given size the best precision is the one of a scan, and grows with the logarithm of the budget", () => {
  const nParams = 8e9;
  const lossAt = (bits: number, flops: number) =>
    predict(
      chinchilla,
      { E, A, B, alpha, beta: alpha },
      {
        nParams: effectiveParamsPrecision({ nParams, bits: all(bits) }),
        nTokens: flops / ((6 / 16) * bits * nParams),
      },
    );
  const found = [1e22, 1e23, 1e24, 1e25].map((flops) => {
    const { bits, nTokens, loss } = precisionForSize({ nParams, flops });
    expect((6 / 16) * bits * nTokens * nParams).toBeCloseTo(flops, -12);
    for (let other = 4; other < 40; other += 0.05)
      expect(loss).toBeLessThanOrEqual(lossAt(other, flops) + 1e-14);
    return bits;
  });
  const steps = found.slice(1).map((bits, i) => bits - found[i]!);
  // One gamma alone would give alpha gamma ln(10) bits a tenfold; the largest has the last word.
  expect(steps.at(-1)).toBeCloseTo(alpha * kumar2024.weights.gamma * Math.LN10, 0);
  expect(steps).toEqual([...steps].sort((p, q) => p - q));
});

test("quantising after training costs more the longer the training, and the harm begins where both slopes meet", () => {
  const model = { nParams: 1e8, bits: 4 };
  const costs = [1e9, 1e10, 1e11].map((nTokens) => quantisationPenalty({ ...model, nTokens }));
  expect(costs).toEqual([...costs].sort((p, q) => p - q));
  const tokens = tokensUntilHarm(model);
  const after = (nTokens: number) => B * nTokens ** -alpha + quantisationPenalty({ ...model, nTokens });
  for (const factor of [0.9, 1.1]) expect(after(tokens)).toBeLessThan(after(tokens * factor));
  expect(tokensUntilHarm({ ...model, bits: 8 })).toBeGreaterThan(100 * tokens);
});

test("too few bits, and what is no precision, are refused with the way out", () => {
  expect(() => effectiveParamsPrecision({ nParams: 1e9, bits: { activations: 3 } })).toThrow(
    "bits of activations must be above 3.11, where the law leaves no parameters, got 3",
  );
  expect(() => precisionAllocation({ flops: 1e21, bits: 2 })).toThrow("must be above");
  expect(() => effectiveParamsPrecision({ nParams: 1e9, bits: { weights: -4 } })).toThrow(
    "must be a number > 0",
  );
  expect(() => effectiveParamsPrecision({ nParams: 1e9, bits: { weight: 4 } as never })).toThrow("weights");
  expect(() => effectiveParamsPrecision({ nParams: 0, bits: {} })).toThrow(
    "nParams must be a number > 0, got 0",
  );
  expect(() => optimalPrecision([])).toThrow("the number of parts must be a number > 0, got 0");
  expect(() => optimalPrecision([{ gamma: -1, offset: 0 }])).toThrow("gamma of part 0 must be a number > 0");
  expect(() => quantisationPenalty({ nParams: 1e9, nTokens: Number.NaN, bits: 4 })).toThrow("nTokens");
});
