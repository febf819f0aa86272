import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lifetimeOptimum, servedOptimum, servedPlan } from "../../src/index.ts";

const law = { E: 1.69, A: 406.4, alpha: 0.336, B: 410.7, beta: 0.283 };

describe("the optimum with the real cost of a served token", () => {
  test("is lifetimeOptimum where the cost is 2N, for any loss and demand", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1.95, max: 3, noNaN: true }),
        fc.double({ min: 8, max: 15, noNaN: true }),
        (loss, log) => {
          const tokens = 10 ** log;
          const flops = lifetimeOptimum(law, { loss, inference: [{ nTokens: tokens }] });
          const served = servedOptimum(law, { loss, servedTokens: tokens, costPerToken: (n) => 2 * n });
          expect(Math.abs(served.nParams / flops.nParams - 1)).toBeLessThan(1e-6);
          expect(served.total / flops.total).toBeCloseTo(1, 9);
        },
      ),
      { numRuns: 25 },
    );
  });

  test.each([
    ["a power", (n: number) => 3e-3 * n ** 1.1],
    ["a floor: small models are no cheaper than the engine", (n: number) => 2e10 + 1.5 * n],
    ["a jump at 12B, where one device more is needed", (n: number) => 2 * n * (n > 12e9 ? 2 : 1)],
    ["a dear valley before a cheap one", (n: number) => 2 * n * (n > 4e9 && n < 9e9 ? 0.5 : 1.5)],
  ])("is what a scan of twenty thousand sizes finds: %s", (_, costPerToken) => {
    const goal = { loss: 2.13, servedTokens: 1e12, costPerToken, costPerFlop: 1.3 };
    const best = servedOptimum(law, goal);
    let least = Infinity;
    let at = 0;
    for (let i = 0; i < 20_000; i++) {
      const nParams = 1e9 * 1000 ** (i / 20_000);
      const { total } = servedPlan(law, { ...goal, nParams });
      if (total < least) [least, at] = [total, nParams];
    }
    expect(best.total).toBeLessThanOrEqual(least * (1 + 1e-6));
    expect(Math.abs(Math.log(best.nParams / at))).toBeLessThan(0.01);
  });

  test("nothing to serve is the least training; the more is served the smaller the model", () => {
    const sizes = [0, 1e11, 1e12, 1e13].map(
      (servedTokens) => servedOptimum(law, { loss: 2.13, servedTokens, costPerToken: (n) => 2 * n }).nParams,
    );
    expect([...sizes].sort((a, b) => b - a)).toEqual(sizes);
    // alpha A / N^alpha = beta B / D^beta: N = (A (1 + alpha / beta) / (L − E))^(1 / alpha).
    const closed = ((law.A * (1 + law.alpha / law.beta)) / (2.13 - law.E)) ** (1 / law.alpha);
    expect(sizes[0]! / closed).toBeCloseTo(1, 6);
  });

  test("refuses what it cannot mean", () => {
    const goal = { loss: 2.13, servedTokens: 1e12, costPerToken: (n: number) => 2 * n };
    expect(() => servedOptimum(law, { ...goal, loss: 1 })).toThrow(/loss must exceed the irreducible 1.69/);
    expect(() => servedOptimum(law, { ...goal, servedTokens: -1 })).toThrow(
      /servedTokens must be a finite number >= 0/,
    );
    expect(() => servedOptimum(law, { ...goal, costPerFlop: 0 })).toThrow(/costPerFlop must be a number > 0/);
    expect(() => servedOptimum(law, { ...goal, costPerToken: 2 as never })).toThrow(/must be a function/);
    for (const each of [NaN, -1, "1"]) {
      expect(() => servedOptimum(law, { ...goal, costPerToken: () => each as number })).toThrow(
        `costPerToken must give a finite number >= 0, got ${each} for`,
      );
    }
    expect(() => servedOptimum(law, { ...goal, served: 1 } as never)).toThrow(/did you mean/);
  });
});
