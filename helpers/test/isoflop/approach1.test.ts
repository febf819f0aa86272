import { approach1 } from "isoflop";
import { describe, expect, test } from "vitest";

const E = 1.7;
const sizes = Array.from({ length: 60 }, (_, i) => 1e7 * 1.12 ** i);
const curve = (nParams: number, loss: (nParams: number, nTokens: number) => number) =>
  Array.from({ length: 200 }, (_, k) => {
    const nTokens = 1e8 * 1.05 ** k;
    return { nParams, nTokens, flops: 6 * nParams * nTokens, loss: loss(nParams, nTokens) };
  });

describe("approach 1", () => {
  test("reads the optimum of a law off the envelope of its training curves", () => {
    const alpha = 0.4;
    const beta = 0.3;
    const loss = (n: number, d: number) => E + 400 / n ** alpha + 400 / d ** beta;
    const found = approach1(sizes.flatMap((n) => curve(n, loss)));
    const G = (alpha / beta) ** (1 / (alpha + beta));
    let interior = 0;
    for (const { flops, nParams } of found.envelope) {
      const best = G * (flops / 6) ** (beta / (alpha + beta));
      const nTokens = flops / (6 * best);
      // Where the best model is outside the sweep, or its curve has not begun or has ended, another stands in.
      if (best < sizes[0]! || best > sizes.at(-1)! || nTokens < 1.3e8 || nTokens > 1e12) continue;
      interior++;
      // Sizes are a factor of 1.12 apart, so the best one lies within half such a step.
      expect(Math.abs(Math.log(nParams / best))).toBeLessThan(Math.log(1.12) * 0.51);
    }
    expect(interior).toBeGreaterThan(500);
  });

  test("the envelope is the lowest loss at every budget", () => {
    const loss = (n: number, d: number) => E + 100 / n ** 0.3 + 300 / d ** 0.3;
    const checkpoints = [1e8, 2e8, 4e8, 8e8].flatMap((n) => curve(n, loss));
    const { envelope } = approach1(checkpoints, { points: 100 });
    for (const { flops, loss: least } of envelope) {
      const others = [1e8, 2e8, 4e8, 8e8]
        .map((n) => ({ n, d: flops / (6 * n) }))
        .filter(({ d }) => d > 1.1e8 && d < 1e8 * 1.05 ** 198)
        .map(({ n, d }) => loss(n, d));
      expect(least).toBeLessThanOrEqual(Math.min(...others) + 1e-3);
    }
  });

  test("warns where the smallest or largest model is best, for that is the edge of the sweep", () => {
    const monotone = (n: number, d: number) => E + 1 / n ** 0.3 + 3000 / d ** 0.4;
    const { warnings } = approach1([1e8, 1.5e8, 2e8].flatMap((n) => curve(n, monotone)));
    expect(warnings.join()).toMatch(/the smallest model is best at \d+ % of the budgets/);
  });

  test("curves that do not overlap in compute are refused", () => {
    const point = (nParams: number, flops: number) => ({
      nParams,
      nTokens: flops / (6 * nParams),
      flops,
      loss: 3,
    });
    const checkpoints = [point(1e7, 1e17), point(1e7, 2e17), point(1e9, 1e20), point(1e9, 2e20)];
    expect(() => approach1(checkpoints)).toThrow(/overlap in compute, got 2 curve/);
  });
});
