import { readFileSync } from "node:fs";
import {
  bootstrapDensingLaw,
  combineDoublingTimes,
  density,
  effectiveParams,
  fitDensingLaw,
  fitLossReference,
  fitSizeReference,
  halvingTime,
  permuteReleaseDates,
} from "isoflop";
import { baseModelScores } from "isoflop-datasets";
import { describe, expect, test } from "vitest";

type Benchmark = "mmlu" | "gsm8k" | "humaneval";
interface Oracle {
  families: string[];
  benchmark: Benchmark;
  phi: boolean;
  referenceSlope: number;
  referenceIntercept: number;
  slopePerDay: number;
  r2: number;
  nEnvelope: number;
}
const oracle: Oracle[] = JSON.parse(readFileSync(new URL("densingOracle.json", import.meta.url), "utf8"));
const range = (benchmark: Benchmark) => ({ floor: benchmark === "mmlu" ? 0.25 : 0, ceiling: 1 });

function scored(benchmark: Benchmark) {
  return baseModelScores().flatMap(({ model, family, nParams, nTokens, releaseDate, ...scores }) => {
    const score = scores[benchmark];
    return score === undefined || nParams === undefined
      ? []
      : [{ model, family, nParams, nTokens, releaseDate: releaseDate ?? "", score }];
  });
}

function reference(families: readonly string[], benchmark: Benchmark) {
  const models = scored(benchmark).filter(({ family }) => families.includes(family));
  return fitSizeReference(models, range(benchmark));
}

function targets(benchmark: Benchmark, phi = true) {
  const apart = /Code|StarCoder|Coder|Pythia|Cerebras/;
  return scored(benchmark).filter(
    ({ family, releaseDate }) => releaseDate !== "" && !apart.test(family) && (phi || family !== "Phi"),
  );
}

describe.each(oracle)("$families on $benchmark, Phi $phi", (expected) => {
  const fitted = reference(expected.families, expected.benchmark);

  test("the reference equals scipy's regression to 1e-6", () => {
    expect(fitted.slope).toBeCloseTo(expected.referenceSlope, 9);
    expect(fitted.intercept).toBeCloseTo(
      // The oracle takes parameters as counts, too.
      expected.referenceIntercept,
      7,
    );
  });

  test("slope, R2 and size of the envelope equal scipy's to 1e-6", () => {
    const law = fitDensingLaw(targets(expected.benchmark, expected.phi), fitted);
    expect(law.slopePerDay).toBeCloseTo(expected.slopePerDay, 9);
    expect(law.r2).toBeCloseTo(expected.r2, 9);
    expect(law.envelope).toHaveLength(expected.nEnvelope);
  });
});

const headline = reference(["Qwen1.5"], "mmlu");

test("the headline specification has slope .464, A .00687 a day, R2 .869 and doubles in 100.9 days", () => {
  const law = fitDensingLaw(targets("mmlu"), headline);
  expect(headline.slope.toFixed(3)).toBe("0.464");
  expect(law.slopePerDay.toFixed(5)).toBe("0.00687");
  expect(law.r2.toFixed(3)).toBe("0.869");
  expect(law.doublingDays.toFixed(1)).toBe("100.9");
  const rho = (name: string) => law.densities.find(({ model }) => model.endsWith(name))?.density.toFixed(2);
  expect(["llama-30b", "Mistral-7B-v0.1", "DeepSeek-V2", "Qwen2-7B"].map(rho)).toEqual([
    "0.18",
    "1.56",
    "3.35",
    "4.06",
  ]);
});

test("resampled families spread the doubling time over a factor of more than two", () => {
  const { doublingDays95, nUsable } = bootstrapDensingLaw(targets("mmlu"), headline, { seed: 7 });
  expect(nUsable).toBeGreaterThan(1500);
  // 45 to 117 days with numpy's generator; the ends of a bootstrap of 2000 move by a few days.
  expect(Math.abs(doublingDays95[0] - 45)).toBeLessThan(5);
  expect(Math.abs(doublingDays95[1] - 117)).toBeLessThan(5);
  expect(bootstrapDensingLaw(targets("mmlu"), headline, { seed: 7 }).doublingDays95).toEqual(doublingDays95);
});

test("shuffled dates give an R2 as high as observed in four of ten draws", () => {
  const result = permuteReleaseDates(targets("mmlu"), headline, { seed: 3 });
  expect(result.medianR2).toBeCloseTo(0.82, 1);
  expect(Math.abs(result.pR2 - 0.4)).toBeLessThan(0.04);
  expect(Math.abs(result.pSlope - 0.094)).toBeLessThan(0.03);
});

test("a score with no finite effective size is reported with the reason, never clamped", () => {
  expect(effectiveParams(headline, 0.2)).toEqual({ problem: "at or below chance" });
  expect(effectiveParams(headline, 1)).toEqual({ problem: "at or above the ceiling" });
  const law = { E: 1.8172, A: 482.01, alpha: 0.3478, B: 2085.43, beta: 0.3658 };
  const family = scored("mmlu").flatMap((row) =>
    row.family === "Llama-2" && row.nTokens !== undefined ? [{ ...row, nTokens: row.nTokens }] : [],
  );
  const twoStep = fitLossReference(family, { ...range("mmlu"), law });
  expect(twoStep.slope).toBeLessThan(0);
  expect(effectiveParams(twoStep, 0.99)).toEqual({ problem: "beyond any size" });
  expect(density({ nParams: 7e9, score: 0.99 }, twoStep)).toEqual({ problem: "beyond any size" });
});

test("the two-step reference inverts itself: a score made from a size gives that size back", () => {
  const law = { E: 0, A: 400, alpha: 0.34, B: 400, beta: 0.28 };
  const loss = (n: number) => law.A * n ** -law.alpha + law.B * 1e12 ** -law.beta;
  const score = (n: number) => 1 / (1 + Math.exp(4 * (loss(n) - 0.5)));
  const models = [1e8, 1e9, 1e10].map((nParams) => ({ nParams, nTokens: 1e12, score: score(nParams) }));
  const twoStep = fitLossReference(models, { floor: 0, ceiling: 1, law });
  expect(effectiveParams(twoStep, score(3e9)).nParams! / 3e9).toBeCloseTo(1, 9);
});

test("excluded models carry their reason", () => {
  const rows = [
    { model: "good", nParams: 1e9, score: 0.6, releaseDate: "2024-01-01" },
    { model: "better", nParams: 1e9, score: 0.7, releaseDate: "2024-02-01" },
    { model: "chance", nParams: 1e9, score: 0.1, releaseDate: "2024-03-01" },
    { model: "old", nParams: 1e9, score: 0.9, releaseDate: "2020-03-01" },
  ];
  const law = fitDensingLaw(rows, headline);
  expect(law.excluded).toEqual([{ model: "chance", problem: "at or below chance" }]);
  expect(law.densities.map(({ model }) => model)).toEqual(["good", "better"]);
  expect(() => fitDensingLaw([{ ...rows[0]!, releaseDate: "May 2024" }], headline)).toThrow("2023-02-24");
});

test("price halving and doubling with Moore have the recorded digits", () => {
  expect(halvingTime({ before: 20, after: 0.075, elapsed: 20 }).toFixed(2)).toBe("2.48");
  expect(halvingTime({ before: 20, after: 0.075, elapsed: 21 }).toFixed(2)).toBe("2.61");
  expect(combineDoublingTimes(100, 2.1 * 365.25).toFixed(1)).toBe("88.5");
  expect(combineDoublingTimes(95, 2.1 * 365.25).toFixed(1)).toBe("84.5");
  expect(() => halvingTime({ before: 1, after: 2, elapsed: 1 })).toThrow("nothing halves");
});
