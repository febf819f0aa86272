import {
  balancedParams,
  decayingExponentsLoss,
  marginalEpochValue,
  muennighoff2023,
  muennighoff2023Fresh,
  tokenExchange,
} from "isoflop";
import { describe, expect, test } from "vitest";

const law = muennighoff2023;

describe("tokenExchange", () => {
  test("both slopes are finite differences of the law", () => {
    for (const nParams of [1e8, 6.34e9, 2e11]) {
      for (const [nTokens, uniqueTokens] of [
        [242e9, 25e9],
        [9e11, 1e10],
        [30e9, 25e9],
      ] as const) {
        const { perRepeatedToken, perFreshToken } = tokenExchange({ nParams, nTokens, uniqueTokens, law });
        const at = (repeated: number, fresh: number) =>
          law.predict({
            nParams,
            nTokens: nTokens + repeated + fresh,
            uniqueTokens: uniqueTokens + fresh,
          });
        const h = 1e-4 * uniqueTokens;
        expect(perRepeatedToken / ((at(-h, 0) - at(h, 0)) / (2 * h))).toBeCloseTo(1, 4);
        expect(perFreshToken / ((at(0, -h) - at(0, h)) / (2 * h))).toBeCloseTo(1, 4);
      }
    }
  });

  test("where nothing is repeated and the model is small both are the same token", () => {
    const nParams = balancedParams({ uniqueTokens: 1e10, law }) / 2;
    const run = { nParams, nTokens: 1e10, uniqueTokens: 1e12, law };
    expect(tokenExchange(run)).toMatchObject({ repeatsPerFresh: 1, flopsPerFresh: 0 });
  });

  test("where nothing is repeated a fresh token is still worth more to a model with excess parameters", () => {
    const nParams = 3 * balancedParams({ uniqueTokens: 1e10, law });
    expect(
      tokenExchange({ nParams, nTokens: 1e10, uniqueTokens: 1e10, law }).repeatsPerFresh,
    ).toBeGreaterThan(1.1);
  });

  test("a fresh token replaces at least 1 / (worth of the next epoch) repeats", () => {
    for (const epochs of [2, 8, 40]) {
      const run = { nParams: 1e8, nTokens: epochs * 1e10, uniqueTokens: 1e10, law };
      expect(tokenExchange(run).repeatsPerFresh).toBeGreaterThan(
        1 / marginalEpochValue(epochs, law.parameters.rStarTokens),
      );
    }
  });

  test("refused: counts that are none", () => {
    const run = { nParams: 1e9, nTokens: 1e10, uniqueTokens: 1e10, law };
    expect(() => tokenExchange({ ...run, nTokens: -1 })).toThrow("nTokens must be a number > 0, got -1");
    expect(() => tokenExchange({ ...run, flopsPerParamToken: 0 })).toThrow("flopsPerParamToken must be > 0");
    expect(() => tokenExchange({ ...run, law: muennighoff2023Fresh as never })).toThrow(
      "rStarTokens of the law must be a number >= 0, got undefined",
    );
  });
});

describe("decayingExponentsLoss", () => {
  const options = { law, rStarTokens: 1000, rStarParams: 2000 };

  test("is Chinchilla's law where nothing exceeds, and rises with epochs in the end", () => {
    const small = { nParams: 1e8, nTokens: 1e10, uniqueTokens: 1e10 };
    expect(decayingExponentsLoss(small, options)).toBeCloseTo(muennighoff2023Fresh.predict(small), 12);
    const after = (epochs: number) => decayingExponentsLoss({ ...small, nTokens: epochs * 1e10 }, options);
    expect(after(2)).toBeLessThan(after(1));
    expect(after(500)).toBeGreaterThan(after(2));
  });

  test("refuses counts and an R* that are none", () => {
    const run = { nParams: 1e8, nTokens: 1e10, uniqueTokens: 1e10 };
    for (const name of ["nParams", "nTokens", "uniqueTokens"]) {
      for (const bad of [Number.NaN, -1, 0, Infinity, "1e9", undefined]) {
        expect(() => decayingExponentsLoss({ ...run, [name]: bad } as never, options)).toThrow(
          `${name} must be a`,
        );
      }
    }
    expect(() => decayingExponentsLoss(run, { ...options, rStarTokens: "9" as never })).toThrow(
      "rStarTokens must",
    );
    expect(() => decayingExponentsLoss(run, { ...options, rStarParams: 0 })).toThrow(
      "rStarParams must be a number > 0, got 0",
    );
  });
});
