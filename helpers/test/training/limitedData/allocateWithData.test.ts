import {
  allocateWithData,
  computeOptimal,
  dataConstrained,
  muennighoff2023,
  muennighoff2023Fresh,
  predict,
} from "isoflop";
import { describe, expect, test } from "vitest";

const base = { ...muennighoff2023.parameters, alpha: 0.33, beta: 0.38 };
const decays = [
  [15.4, 5.3],
  [95.4, 1.7],
  [1, 0.3],
  [1e6, 30],
  [Infinity, Infinity],
] as const;
const cases = [1e18, 1e21, 1e25].flatMap((flops) =>
  [1e7, 1e9, 1e11, 1e13].flatMap((uniqueTokens) =>
    decays.map(([rStarTokens, rStarParams]) => ({
      flops,
      uniqueTokens,
      law: { parameters: { ...base, rStarTokens, rStarParams } },
    })),
  ),
);

describe("allocateWithData", () => {
  test("no point of a fine grid along the budget has a lower loss", () => {
    for (const budget of cases) {
      const { flops, uniqueTokens, law } = budget;
      const best = allocateWithData(budget);
      let least = Infinity;
      for (let k = -1500; k <= 1500; k++) {
        const nTokens = best.nTokens * Math.exp(k * 0.01);
        const nParams = flops / 6 / nTokens;
        least = Math.min(least, predict(dataConstrained, law.parameters, { nParams, nTokens, uniqueTokens }));
      }
      expect(best.loss - least, JSON.stringify(budget)).toBeLessThan(1e-13);
    }
  });

  test("its loss is the law's at its point, its budget the one given, its tokens the unique and the repeated ones", () => {
    for (const budget of cases) {
      const best = allocateWithData(budget);
      const { flops, uniqueTokens, law } = budget;
      expect(best.loss).toBeCloseTo(predict(dataConstrained, law.parameters, { ...best, uniqueTokens }), 12);
      expect((6 * best.nParams * best.nTokens) / flops).toBeCloseTo(1, 10);
      expect(best.uniqueTokensSeen + best.repeatedTokens).toBe(best.nTokens);
      expect(best.epochs * uniqueTokens).toBeCloseTo(best.nTokens, -5);
      expect(best.effectiveTokens).toBeLessThanOrEqual(best.nTokens);
      expect(best.effectiveParams).toBeLessThanOrEqual(best.nParams);
    }
  });

  test("with data enough, or without decay, it is the compute-optimal plan", () => {
    const flops = 1e22;
    const fresh = computeOptimal(muennighoff2023Fresh, { flops });
    const noDecay = {
      parameters: { ...muennighoff2023.parameters, rStarTokens: Infinity, rStarParams: Infinity },
    };
    for (const plan of [
      allocateWithData({ flops, uniqueTokens: Infinity, law: muennighoff2023 }),
      allocateWithData({ flops, uniqueTokens: 1e13, law: muennighoff2023 }),
      allocateWithData({ flops, uniqueTokens: 1e9, law: noDecay }),
    ]) {
      expect(plan.nParams / fresh.nParams).toBeCloseTo(1, 9);
      expect(plan.loss).toBeCloseTo(fresh.loss, 12);
    }
  });

  test("with a limit on epochs the rest of the budget goes into parameters", () => {
    const budget = { flops: 1e22, uniqueTokens: 1e9, law: muennighoff2023 };
    const plan = allocateWithData({ ...budget, maxEpochs: 4 });
    expect(allocateWithData(budget).epochs).toBeGreaterThan(4);
    expect(plan.epochs).toBeCloseTo(4, 9);
    expect(plan.nParams).toBeCloseTo(1e22 / 6 / 4e9, -4);
  });

  test("more unique tokens never raise the loss, more compute never does", () => {
    const loss = (flops: number, uniqueTokens: number) =>
      allocateWithData({ flops, uniqueTokens, law: muennighoff2023 }).loss;
    for (let k = 0; k < 30; k++) {
      const [flops, uniqueTokens] = [1e18 * 2 ** k, 1e8 * 1.5 ** k];
      expect(loss(flops, uniqueTokens * 1.1)).toBeLessThanOrEqual(loss(flops, uniqueTokens) + 1e-12);
      expect(loss(flops * 1.1, uniqueTokens)).toBeLessThan(loss(flops, uniqueTokens));
    }
  });

  test("refused, with the value and the way out: budgets, data, limits and laws that are none", () => {
    const good = { flops: 1e22, uniqueTokens: 1e9, law: muennighoff2023 };
    expect(() => allocateWithData({ ...good, flops: -1 })).toThrow("flops must be > 0, got -1");
    expect(() => allocateWithData({ ...good, uniqueTokens: 0 })).toThrow("uniqueTokens must be a number > 0");
    expect(() => allocateWithData({ ...good, uniqueTokens: Number.NaN })).toThrow("got NaN");
    expect(() => allocateWithData({ ...good, maxEpochs: 0.5 })).toThrow("maxEpochs must be >= 1, got 0.5");
    expect(() => allocateWithData({ ...good, law: muennighoff2023Fresh as never })).toThrow(
      "rStarTokens of the law must be a number >= 0, got undefined",
    );
    expect(() => allocateWithData({ ...good, tokens: 1 } as never)).toThrow("has no option tokens");
  });
});
