import { asymmetric, chinchilla, fit, huber, logCosh, powerLaw, withParameters } from "isoflop";
import { describe, expect, test } from "vitest";

const good = [
  { nParams: 1e8, nTokens: 1e9, loss: 3.2 },
  { nParams: 1e9, nTokens: 1e9, loss: 3 },
  { nParams: 1e8, nTokens: 1e10, loss: 2.9 },
  { nParams: 1e9, nTokens: 1e10, loss: 2.6 },
  { nParams: 4e9, nTokens: 1e10, loss: 2.5 },
  { nParams: 1e9, nTokens: 5e10, loss: 2.4 },
];
const withRow = (change: Record<string, unknown>) =>
  [...good.slice(0, 3), { ...good[3]!, ...change }] as typeof good;

describe("a run is refused with its value, its row and the way out", () => {
  test.each([
    [
      "a negative count",
      withRow({ nTokens: -3 }),
      "nTokens must be > 0, got -3 in row 3; drop the row or fix the file",
    ],
    ["a zero", withRow({ nParams: 0 }), "nParams must be > 0, got 0 in row 3; drop the row or fix the file"],
    [
      "NaN",
      withRow({ loss: Number.NaN }),
      "loss must be > 0, got NaN in row 3; drop the row or fix the file",
    ],
    ["infinity", withRow({ nTokens: Infinity }), "nTokens must be > 0, got Infinity in row 3"],
    ["a missing field", withRow({ loss: undefined }), "loss must be > 0, got undefined in row 3"],
    ["null", withRow({ loss: null }), "loss must be > 0, got null in row 3"],
    ["text", withRow({ nParams: "7B" }), 'nParams must be > 0, got "7B" in row 3'],
    ["a big integer", withRow({ nParams: 7n }), "nParams must be > 0, got the bigint 7 in row 3"],
    ["no run at all", [], "fit needs at least one run, got 0; check the filter or the file"],
    [
      "something that is no record",
      [null] as unknown as typeof good,
      "nParams must be > 0, got undefined in row 0",
    ],
  ])("%s", (_, runs, message) => {
    expect(() => fit(chinchilla, runs)).toThrow(RangeError);
    expect(() => fit(chinchilla, runs)).toThrow(message);
  });
});

describe("an option is refused with its value and its domain", () => {
  test.each([
    ["too few weights", { weights: [1, 2] }, "weights must have one entry per run (6), got 2"],
    ["a negative weight", { weights: () => -1 }, "weights must be finite and >= 0, got -1 in row 0"],
    ["no weight at all", { weights: () => 0 }, "weights must not all be 0"],
    [
      "an unknown parameter",
      { fixed: { gamma: 1 } },
      "fixed names gamma, but chinchilla has the parameters E, A, B, alpha, beta",
    ],
    [
      "a fixed value outside the domain",
      { fixed: { alpha: -1 } },
      "fixed.alpha must lie in [0, Infinity], got -1",
    ],
    [
      "bounds the wrong way round",
      { bounds: { alpha: [1, 0] } },
      "bounds.alpha must be [low, high] with low <= high, got [1, 0]",
    ],
    [
      "bounds outside the domain",
      { bounds: { alpha: [-2, -1] } },
      "no value of alpha is inside both bounds and domain",
    ],
    ["bounds of an unknown parameter", { bounds: { gamma: [0, 1] } }, "bounds names gamma"],
    [
      "a parameter tied to itself",
      { tied: { beta: "beta" } },
      "tied.beta must name another parameter, got itself",
    ],
    ["a circle of ties", { tied: { beta: "alpha", alpha: "beta" } }, "tied must not go round in a circle"],
    [
      "a parameter fixed and tied",
      { tied: { beta: "alpha" }, fixed: { beta: 0.3 } },
      "beta cannot be both fixed and tied",
    ],
    [
      "a prior without spread",
      { priors: { E: { mean: 1.7, sd: 0 } } },
      "priors.E needs a finite mean and sd > 0, got 1.7 and 0",
    ],
    [
      "a start with a hole",
      { start: { E: 1 } },
      "start must give every parameter of chinchilla a finite number, got undefined for A",
    ],
  ])("%s", (_, options, message) => {
    expect(() => fit(chinchilla, good, options as object)).toThrow(RangeError);
    expect(() => fit(chinchilla, good, options as object)).toThrow(message);
  });

  test.each([
    ["huber(0)", () => huber(0), "delta of huber must be > 0, got 0"],
    ["huber(NaN)", () => huber(Number.NaN), "delta of huber must be > 0, got NaN"],
    ["logCosh(-1)", () => logCosh(-1), "scale of logCosh must be > 0, got -1"],
    [
      "asymmetric without a factor",
      () => asymmetric(huber(1), { over: 0 }),
      "over of asymmetric must be > 0, got 0",
    ],
  ])("%s", (_, make, message) => {
    expect(make).toThrow(message);
  });

  test("constants that miss, exceed or leave the domain of a law", () => {
    const constants = { E: 1, A: 1, alpha: 0.1 };
    const law = powerLaw("flops");
    expect(() => withParameters(law, { ...constants, B: 1 } as never)).toThrow(
      "powerLaw(flops) has no parameter B",
    );
    expect(() => withParameters(law, { E: 1, A: 1 } as never)).toThrow(
      "alpha of powerLaw(flops) must be a number",
    );
    expect(() => withParameters(law, { ...constants, alpha: -1 })).toThrow("from 0 to Infinity (1), got -1");
    expect(() => withParameters(law, constants).predict({ flops: 0 })).toThrow(
      "flops must be > 0 (FLOP), got 0",
    );
  });
});

describe("runs that cannot carry the question give a status, not an exception", () => {
  test.each([
    ["fewer runs than parameters", good.slice(0, 4), "4 runs cannot determine 5 parameters"],
    [
      "only one data size",
      good.map((run) => ({ ...run, nTokens: 1e10 })),
      "nTokens never changed in the runs",
    ],
    [
      "one run many times",
      Array.from({ length: 9 }, () => good[0]!),
      "nParams and nTokens never changed in the runs",
    ],
  ])("%s", (_, runs, reason) => {
    const found = fit(chinchilla, runs);
    expect(found.status).toBe("not-identified");
    expect(found.reason).toContain(reason);
  });

  test("a floor that the runs do not show ends at zero, and the reason says so", () => {
    const pure = Array.from({ length: 20 }, (_, k) => ({
      flops: 10 ** (18 + k / 5),
      loss: 90 * 10 ** (-(18 + k / 5) / 20),
    }));
    // Bent the other way: no positive floor can help.
    const bent = pure.map((run, k) => ({ ...run, loss: run.loss * (1 - 0.0003 * (k - 9.5) ** 2) }));
    const found = fit(powerLaw("flops"), bent);
    expect(found.status).toBe("at-bound");
    expect(found.reason).toBe("E ended on the lower end 0 of its domain: the runs show no sign of its term");
    expect(found.parameters.E).toBe(0);
    const { interval, closes } = found.profile("E");
    expect([interval[0], ...closes]).toEqual([0, false, true]);
    expect(interval[1]).toBeGreaterThan(0);
  });

  test("a profile needs runs to spare", () => {
    const exact = fit(chinchilla, good.slice(0, 2), {
      loss: huber(1e-3),
      fixed: { E: 1.5, alpha: 0.3, beta: 0.3 },
    });
    expect(() => exact.profile("A")).toThrow(
      "a profile needs more runs than parameters, got 2 runs for 2 parameters",
    );
  });

  test("a parameter on its bound is reported with the bound", () => {
    const found = fit(chinchilla, good, {
      fixed: { E: 1.5, alpha: 0.3, beta: 0.3 },
      bounds: { A: [500, 1e5] },
    });
    expect(found.status).toBe("at-bound");
    expect(found.reason).toMatch(/A ended on its (lower|upper) bound \d+/);
  });
});
