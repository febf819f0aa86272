import {
  balancedParams,
  chinchilla,
  computeOptimal,
  dataConstrained,
  effectiveParamsWithData,
  effectiveTokens,
  epochsWorth,
  marginalEpochValue,
  muennighoff2023,
  muennighoff2023Fresh,
  predict,
} from "isoflop";
import { describe, expect, test } from "vitest";

const rStar = 15.387756;
const law = muennighoff2023;

describe("effectiveTokens", () => {
  test("one epoch and less counts in full, and no repetition counts beyond (1 + R*) epochs", () => {
    for (const form of ["exponential", "geometric", "explicit"] as const) {
      expect(effectiveTokens({ uniqueTokens: 7e9, nTokens: 7e9, rStar, form })).toBe(7e9);
      expect(effectiveTokens({ uniqueTokens: 7e9, nTokens: 3e9, rStar, form })).toBe(3e9);
      const endless = effectiveTokens({ uniqueTokens: 1, nTokens: 1e6, rStar, form });
      expect(endless).toBeCloseTo(1 + rStar, 9);
      const once = effectiveTokens({ uniqueTokens: 1, nTokens: 1 + 1e-7, rStar, form });
      expect(once - 1, "the first repeat is worth nearly as much").toBeGreaterThan(0.9e-7);
      expect(effectiveTokens({ uniqueTokens: 1e9, nTokens: 3e9, rStar: Infinity, form })).toBe(3e9);
    }
  });

  test("after R* repetitions they are worth R* (1 - 1/e)", () => {
    expect(effectiveTokens({ uniqueTokens: 2, nTokens: 2 * (1 + rStar), rStar })).toBeCloseTo(
      2 * (1 + rStar * (1 - 1 / Math.E)),
      12,
    );
  });

  test("the geometric form is a sum of epochs that lose the same share each, and the explicit one the same number", () => {
    const decay = 0.25;
    let [sum, worth] = [0, 1];
    for (let epoch = 1; epoch <= 5; epoch++, worth *= 1 - decay) sum += worth;
    const options = { uniqueTokens: 1, nTokens: 5, rStar: 1 / decay - 1 };
    expect(effectiveTokens({ ...options, form: "geometric" })).toBeCloseTo(sum, 14);
    expect(effectiveTokens({ ...options, form: "explicit" })).toBeCloseTo(sum, 14);
  });

  test("a count in billions gives billions", () => {
    const inTokens = effectiveTokens({ uniqueTokens: 25e9, nTokens: 242e9, rStar });
    expect(effectiveTokens({ uniqueTokens: 25, nTokens: 242, rStar }) * 1e9).toBeCloseTo(inTokens, 2);
  });

  test("refused: counts and R* that are none, unknown forms", () => {
    const good = { uniqueTokens: 1e9, nTokens: 2e9, rStar };
    expect(() => effectiveTokens({ ...good, nTokens: 0 })).toThrow("nTokens must be a number > 0, got 0");
    expect(() => effectiveTokens({ ...good, rStar: 0 })).toThrow("rStar must be a number > 0, got 0");
    expect(() => effectiveTokens({ ...good, rStar: Number.NaN })).toThrow("Infinity for no decay");
    expect(() => effectiveTokens({ ...good, form: "linear" as never })).toThrow("form");
    expect(() => effectiveTokens({ ...good, tokens: 3 } as never)).toThrow("has no option tokens");
  });
});

describe("epochsWorth", () => {
  test("is the effective tokens of one unique token, and marginalEpochValue its slope", () => {
    for (const epochs of [0.3, 1, 1.001, 4, 16, 40, 500]) {
      expect(epochsWorth(epochs, rStar)).toBeCloseTo(
        effectiveTokens({ uniqueTokens: 1, nTokens: epochs, rStar }),
        12,
      );
      if (epochs === 1) continue;
      const h = 1e-5;
      const slope = (epochsWorth(epochs + h, rStar) - epochsWorth(epochs - h, rStar)) / (2 * h);
      expect(marginalEpochValue(epochs, rStar)).toBeCloseTo(slope, 7);
    }
  });

  test("refuses epochs and R* that are not above 0", () => {
    expect(() => epochsWorth(-1, rStar)).toThrow("epochs must be a number > 0, got -1");
    expect(() => marginalEpochValue(2, -3)).toThrow("rStar must be a number > 0, got -3");
  });
});

describe("effectiveParamsWithData", () => {
  test("the balanced size is compute-optimal for its tokens", () => {
    for (const uniqueTokens of [1e8, 1e10, 1e12]) {
      const nParams = balancedParams({ uniqueTokens, law });
      const flops = 6 * nParams * uniqueTokens;
      expect(computeOptimal(muennighoff2023Fresh, { flops }).nParams / nParams).toBeCloseTo(1, 10);
    }
  });

  test("up to that size parameters count in full, beyond it they decay to (1 + R*) times it", () => {
    const balanced = balancedParams({ uniqueTokens: 1e9, law });
    const of = (nParams: number) => effectiveParamsWithData({ nParams, uniqueTokens: 1e9, law, rStar: 5 });
    expect(of(balanced / 2)).toBe(balanced / 2);
    expect(of(balanced * 1e5) / balanced).toBeCloseTo(6, 12);
  });

  test("Chinchilla's law of both effective counts is the law of repeated data", () => {
    for (const nParams of [7e6, 1e9, 9e9]) {
      for (const nTokens of [1e9, 4e10, 9e11]) {
        const point = { nParams, nTokens, uniqueTokens: 5e9 };
        const seen = Math.min(nTokens, 5e9);
        const { rStarTokens, rStarParams } = law.parameters;
        const byCounts = muennighoff2023Fresh.predict({
          nParams: effectiveParamsWithData({ nParams, uniqueTokens: seen, law, rStar: rStarParams }),
          nTokens: effectiveTokens({ uniqueTokens: seen, nTokens, rStar: rStarTokens }),
        });
        expect(law.predict(point)).toBeCloseTo(byCounts, 12);
      }
    }
  });

  test("refused: a law without the constants, counts that are none", () => {
    const good = { nParams: 1e9, uniqueTokens: 1e9, law, rStar: 5 };
    expect(() => effectiveParamsWithData({ ...good, law: {} as never })).toThrow(
      "A of the law must be a number > 0",
    );
    expect(() => effectiveParamsWithData({ ...good, uniqueTokens: -1 })).toThrow(
      "uniqueTokens must be a number > 0",
    );
    expect(() => effectiveParamsWithData({ ...good, nParams: Number.NaN })).toThrow(
      "nParams must be a number > 0",
    );
  });
});

describe("dataConstrained", () => {
  const { E, A, B, alpha, beta } = law.parameters;
  const plain = (nParams: number, nTokens: number) =>
    predict(chinchilla, { E, A, B, alpha, beta }, { nParams, nTokens });

  test("is Chinchilla's law to the last bit where both R* are infinite", () => {
    const endless = { ...law.parameters, rStarTokens: Infinity, rStarParams: Infinity };
    for (const nParams of [1e7, 3.3e9, 7e11]) {
      for (const nTokens of [1e9, 7.7e10, 3e12]) {
        for (const uniqueTokens of [1e7, 3e9, 1e13]) {
          expect(predict(dataConstrained, endless, { nParams, nTokens, uniqueTokens })).toBe(
            plain(nParams, nTokens),
          );
        }
      }
    }
  });

  test("is Chinchilla's law to the last bit where nothing is repeated and the model is not too large", () => {
    for (const nTokens of [1e9, 7.7e10, 3e12]) {
      for (const share of [0.01, 0.5, 0.99]) {
        const nParams = share * balancedParams({ uniqueTokens: nTokens, law });
        expect(law.predict({ nParams, nTokens, uniqueTokens: nTokens })).toBe(plain(nParams, nTokens));
      }
    }
  });

  test("unique tokens beyond those seen change nothing", () => {
    const point = { nParams: 5e10, nTokens: 1e9 };
    expect(law.predict({ ...point, uniqueTokens: 1e12 })).toBe(law.predict({ ...point, uniqueTokens: 1e9 }));
  });

  test("the loss never rises with tokens, parameters or unique tokens", () => {
    const at = (nParams: number, nTokens: number, uniqueTokens: number) =>
      law.predict({ nParams, nTokens, uniqueTokens });
    for (let k = 0; k < 60; k++) {
      const [n, d, u] = [1e6 * 1.3 ** k, 1e8 * 1.25 ** ((k * 7) % 60), 1e7 * 1.2 ** ((k * 13) % 60)];
      const here = at(n, d, u);
      for (const there of [at(n * 1.01, d, u), at(n, d * 1.01, u), at(n, d, u * 1.01)]) {
        expect(there).toBeLessThanOrEqual(here + 1e-13);
      }
    }
  });

  test("counts in other units with sizes A and B that follow give the same loss", () => {
    const inBillions = {
      ...law.parameters,
      A: A * 1e9 ** -alpha,
      B: B * 1e9 ** -beta,
    };
    const point = { nParams: 8.67e9, nTokens: 178e9, uniqueTokens: 25e9 };
    const scaled = { nParams: 8.67, nTokens: 178, uniqueTokens: 25 };
    expect(predict(dataConstrained, inBillions, scaled)).toBeCloseTo(law.predict(point), 12);
  });
});
