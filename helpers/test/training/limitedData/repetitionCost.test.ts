import {
  bootstrapRepetitionCost,
  fitRepetitionCost,
  fitRStar,
  muennighoff2023,
  predict,
  repetitionCost,
  repetitionCostHoldOut,
  repetitionCostRefit,
  repetitionCostReplicates,
  repetitionPairs,
} from "isoflop";
import { muennighoffRuns } from "isoflop-datasets";
import { describe, expect, test } from "vitest";

const runs = muennighoffRuns();
const pairs = repetitionPairs(runs).filter(({ repeated }) => repeated.uniqueTokens >= 1e9);

describe("repetitionPairs", () => {
  test("both runs of a pair have the same size and total tokens, and one of them repeats none", () => {
    for (const { repeated, fresh, cost } of repetitionPairs(runs)) {
      expect([repeated.nParams, repeated.nTokens]).toEqual([fresh.nParams, fresh.nTokens]);
      expect(fresh.uniqueTokens).toBe(fresh.nTokens);
      expect(repeated.uniqueTokens).toBeLessThan(repeated.nTokens);
      expect(cost).toBe(repeated.loss / fresh.loss - 1);
    }
  });
});

describe("fitRepetitionCost", () => {
  test("recovers both R* from runs without noise, also when all losses are a tenth too high", () => {
    for (const [rStarTokens, rStarParams] of [
      [6, 12],
      [40, 3],
    ] as const) {
      const law = { ...muennighoff2023.parameters, rStarTokens, rStarParams };
      const clean = runs.map((run) => ({ ...run, loss: 1.1 * predict(muennighoff2023.law, law, run) }));
      const found = fitRepetitionCost(repetitionPairs(clean));
      expect(found.objective).toBeLessThan(1e-9);
      expect(found.rStarTokens / rStarTokens).toBeCloseTo(1, 3);
      expect(found.rStarParams / rStarParams).toBeCloseTo(1, 3);
    }
  });

  test("the committed constants and the first six replicates are what the runs give", () => {
    const { rStarTokens, rStarParams } = fitRepetitionCost(pairs);
    expect(Number(rStarTokens.toPrecision(4))).toBe(repetitionCostRefit.parameters.rStarTokens);
    expect(Number(rStarParams.toPrecision(4))).toBe(repetitionCostRefit.parameters.rStarParams);
    const again = bootstrapRepetitionCost(pairs, { resamples: 6, seed: 1 });
    for (const [k, found] of again.entries()) {
      const kept = repetitionCostReplicates[k]!;
      expect(found.rStarTokens / kept.rStarTokens).toBeCloseTo(1, 3);
      expect(found.rStarParams / kept.rStarParams).toBeCloseTo(1, 3);
    }
  });

  test("no pair of a fine grid around it is lower", () => {
    const found = fitRepetitionCost(pairs);
    const at = (rStarTokens: number, rStarParams: number) => {
      const law = { ...muennighoff2023.parameters, rStarTokens, rStarParams };
      return pairs.reduce((sum, { repeated, fresh, cost }) => {
        const ratio = predict(muennighoff2023.law, law, repeated) / predict(muennighoff2023.law, law, fresh);
        const r = Math.abs(Math.log(ratio / (1 + cost)));
        return sum + (r < 1e-3 ? r ** 2 / 2 : 1e-3 * (r - 5e-4));
      }, 0);
    };
    expect(at(found.rStarTokens, found.rStarParams)).toBeCloseTo(found.objective, 12);
    for (let i = -12; i <= 12; i++) {
      for (let k = -12; k <= 12; k++) {
        const value = at(found.rStarTokens * Math.exp(i / 6), found.rStarParams * Math.exp(k / 4));
        expect(value).toBeGreaterThanOrEqual(found.objective - 1e-12);
      }
    }
  });

  test("refused: runs and pairs with a count or a loss that is none, with their place", () => {
    const [first, ...rest] = pairs;
    for (const bad of [Number.NaN, -1, 0, Infinity, "1e9", undefined]) {
      for (const name of ["nParams", "nTokens", "uniqueTokens", "loss"]) {
        const broken = { ...first!, repeated: { ...first!.repeated, [name]: bad } };
        expect(() => fitRepetitionCost([...rest, broken])).toThrow(
          new RegExp(`${name} must be a .*number > 0, got .* in the repeated run of pair 41; drop it`),
        );
        expect(() => repetitionPairs([runs[0]!, { ...runs[1]!, [name]: bad } as never])).toThrow("in row 1");
      }
    }
    expect(() => fitRepetitionCost(pairs, { fresh: null as never })).toThrow("E of the law of fresh data");
    expect(() => repetitionCost({} as never, runs[0]!)).toThrow("repetitionCost needs a fit");
  });

  test("refused: no pairs, unknown options", () => {
    expect(() => fitRepetitionCost([])).toThrow("needs pairs, got none");
    expect(() => fitRepetitionCost(pairs, { law: 1 } as never)).toThrow("has no option law");
  });
});

describe("repetitionCostHoldOut", () => {
  const isLarge = (run: { nParams: number; nTokens: number }) => 6 * run.nParams * run.nTokens > 1e20;

  test("without noise the large pairs are predicted from the small ones", () => {
    const clean = runs.map((run) => ({ ...run, loss: muennighoff2023.predict(run) }));
    const check = repetitionCostHoldOut(repetitionPairs(clean), isLarge, { resamples: 3 });
    expect(check.meanAbsoluteError).toBeLessThan(1e-5);
    for (const { pair, predicted } of check.heldOut) {
      expect(predicted).toBeCloseTo(repetitionCost(muennighoff2023, pair.repeated), 4);
    }
  });

  test("refused: nothing held out, all held out, no rule, no resamples", () => {
    expect(() => repetitionCostHoldOut(pairs, () => false)).toThrow("42 to fit and 0 to predict");
    expect(() => repetitionCostHoldOut(pairs, () => true)).toThrow("0 to fit and 42 to predict");
    expect(() => repetitionCostHoldOut(pairs, 1e20 as never)).toThrow("such as (run) => run.nParams > 1e9");
    expect(() => repetitionCostHoldOut(pairs, isLarge, { resamples: 0 })).toThrow("resamples must be");
    expect(() => repetitionCostHoldOut(pairs, isLarge, { level: 90 })).toThrow(
      "level must be between 0 and 1",
    );
  });
});

test("with all seven constants fitted the law says a fifth of what repetition cost the large runs", () => {
  const large = pairs.filter(
    ({ repeated: { nParams, nTokens, uniqueTokens } }) => 6 * nParams * nTokens > 1e20 && uniqueTokens >= 4e9,
  );
  const refit = fitRStar(runs, { fresh: "refit" });
  const sum = (of: (pair: (typeof large)[number]) => number) =>
    large.reduce((all, pair) => all + of(pair), 0);
  const share = sum(({ repeated }) => repetitionCost(refit, repeated)) / sum(({ cost }) => cost);
  expect(large).toHaveLength(23);
  expect(share).toBeCloseTo(0.18, 1);
});
