import { readFileSync } from "node:fs";
import fc from "fast-check";
import {
  acceptedAccuracy,
  coverage,
  curveFit,
  fitCoverage,
  logSpacedCounts,
  optimalSamples,
  overconfidenceFactor,
  passAtK,
  posteriorWeightedReward,
  sampleReward,
  samplingFlops,
} from "isoflop";
import { flawsHumanevalAccuracy, monkeysPythiaMathCounts, monkeysSwebenchCost } from "isoflop-datasets";
import { describe, expect, test } from "vitest";

const seeded = { seed: 20241031, numRuns: 200 };

interface Oracle {
  model: string;
  a: number;
  b: number;
  coverage: number[];
  ks: number[];
}
const oracle: Oracle[] = JSON.parse(readFileSync(new URL("coverageOracle.json", import.meta.url), "utf8"));

function binomial(n: bigint, k: bigint): bigint {
  let value = 1n;
  for (let i = 0n; i < k; i++) value = (value * (n - i)) / (i + 1n);
  return value;
}

/** 1 − C(n−c, k)/C(n, k) by whole numbers, then divided with 30 digits. */
function exactPassAtK(n: number, c: number, k: number): number {
  const failure = n - c < k ? 0n : binomial(BigInt(n - c), BigInt(k));
  const all = binomial(BigInt(n), BigInt(k));
  return Number(((all - failure) * 10n ** 30n) / all) / 1e30;
}

test("pass@k equals exact whole-number arithmetic for n = 10,000", () => {
  for (const [c, k] of [
    [1, 1],
    [1, 9_999],
    [3, 1_000],
    [27, 100],
    [2_000, 3],
    [9_999, 1],
    [5_000, 40],
    [8, 2_500],
    [100, 9_900],
  ] as const) {
    const exact = exactPassAtK(10_000, c, k);
    expect(Math.abs(passAtK(10_000, c, k) / exact - 1)).toBeLessThan(1e-12);
  }
});

test("pass@k equals exact arithmetic for any small counts", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(60), fc.nat(59), (n, c, k) => {
      fc.pre(c <= n && k < n);
      expect(passAtK(n, c, k + 1)).toBeCloseTo(exactPassAtK(n, c, k + 1), 13);
    }),
    seeded,
  );
});

test("pass@k is stable where k = n: 0 without a right sample and 1 with any", () => {
  expect(passAtK(10_000, 0, 10_000)).toBe(0);
  expect(passAtK(10_000, 1, 10_000)).toBe(1);
  expect(passAtK(10_000, 10_000, 1)).toBe(1);
  expect(passAtK(10_000, 1, 1)).toBeCloseTo(1e-4, 16);
});

test("coverage never falls as k grows, and stays between 0 and 1", () => {
  const counts = fc.array(
    fc
      .integer({ min: 1, max: 200 })
      .chain((nSamples) => fc.record({ nSamples: fc.constant(nSamples), nCorrect: fc.nat(nSamples) })),
    { minLength: 1, maxLength: 12 },
  );
  fc.assert(
    fc.property(counts, (rows) => {
      const smallest = Math.min(...rows.map((row) => row.nSamples));
      const curve = coverage(
        rows,
        Array.from({ length: smallest }, (_, i) => i + 1),
      );
      const failing = curve.filter((point, i) => {
        const mean =
          rows.reduce((sum, row) => sum + passAtK(row.nSamples, row.nCorrect, point.k), 0) / rows.length;
        const before = curve[i - 1]?.coverage ?? 0;
        return (
          point.coverage < before - 1e-12 || point.coverage > 1 || Math.abs(point.coverage - mean) > 1e-11
        );
      });
      expect(failing).toEqual([]);
    }),
    seeded,
  );
});

test("40 log-spaced counts to 10,000 are 37 after rounding, the k of the oracle", () => {
  expect(logSpacedCounts(10_000)).toEqual(oracle[0]?.ks);
});

describe.each(oracle)("$model", (expected) => {
  const counts = monkeysPythiaMathCounts().filter((row) => row.model === expected.model);
  const curve = coverage(counts);

  test("coverage equals scipy's log-gamma formula to 1e-10", () => {
    for (const [i, point] of curve.entries()) expect(point.coverage).toBeCloseTo(expected.coverage[i]!, 10);
  });

  test("a and b of the exponentiated power law equal scipy's curve_fit to 1e-3", () => {
    const law = fitCoverage(curve);
    expect(Math.abs(law.a / expected.a - 1)).toBeLessThan(1e-3);
    expect(Math.abs(law.b / expected.b - 1)).toBeLessThan(1e-3);
  });
});

test("fitted a, b and pass@10,000 have the recorded digits", () => {
  const rows = oracle.map(({ model }) => {
    const curve = coverage(monkeysPythiaMathCounts().filter((row) => row.model === model));
    const law = fitCoverage(curve);
    return `${law.a.toFixed(3)} ${law.b.toFixed(3)} ${law.r2.toFixed(4)} ${curve.at(-1)?.coverage.toFixed(3)}`;
  });
  expect(rows).toEqual([
    "-8.289 0.199 0.9999 0.266",
    "-6.361 0.277 0.9937 0.570",
    "-5.601 0.290 0.9983 0.656",
    "-5.609 0.320 0.9993 0.742",
    "-4.344 0.347 0.9987 0.813",
    "-4.513 0.360 0.9985 0.836",
    "-4.317 0.379 0.9990 0.875",
  ]);
});

test("the fit of Pythia-160M is off by at most .037, that of 12B by .017", () => {
  const maxError = (model: string) =>
    fitCoverage(coverage(monkeysPythiaMathCounts().filter((row) => row.model === model))).maxError.toFixed(3);
  expect(maxError("pythia-160m")).toBe("0.037");
  expect(maxError("pythia-12b")).toBe("0.017");
});

test("five attempts of the cheap model cost 3.61 and 4.72 times less than one of the dear ones", () => {
  const costs = monkeysSwebenchCost().map((row) => row.usdPerAttempt * row.attempts * row.nIssues);
  expect(costs[0]).toBeCloseTo(10.8, 10);
  expect([costs[1]! / costs[0]!, costs[2]! / costs[0]!].map((x) => x.toFixed(2))).toEqual(["3.61", "4.72"]);
});

test("a curve fit recovers its parameters exactly, and refuses a start that is not finite", () => {
  const line = (x: number, [m = 0, c = 0]: readonly number[], gradient: Float64Array) => {
    gradient[0] = x;
    gradient[1] = 1;
    return m * x + c;
  };
  const fit = curveFit(line, [0, 1, 2], [1, 3, 5], [0, 0]);
  expect(fit.parameters[0]).toBeCloseTo(2, 10);
  expect(fit.parameters[1]).toBeCloseTo(1, 10);
  expect(fit.converged).toBe(true);
  expect(() => curveFit(line, [0, 1], [1, 3], [Number.NaN, 0])).toThrow("not finite at the start");
});

const toy = (falsePositiveReward: number) => ({
  taskTypes: [
    { share: 0.58, solveRate: 0.87 },
    { share: 0.42, solveRate: 0.13 },
  ] as const,
  completeness: 1,
  soundness: 0.75,
  falsePositiveReward,
});

test("the toy model's optima are 3, 2 and 1 samples, with the authors' weights and with exact ones", () => {
  const penalties = [-0.7, -1, -2];
  expect(penalties.map((penalty) => optimalSamples(toy(penalty)))).toEqual([3, 2, 1]);
  const authors = penalties.map((penalty) => posteriorWeightedReward(toy(penalty), 15));
  expect(authors.map((sums) => sums.indexOf(Math.max(...sums)) + 1)).toEqual([3, 2, 1]);
  expect(authors.map((sums) => Math.max(...sums).toFixed(3))).toEqual(["0.554", "0.488", "0.339"]);
  const exact = penalties.map((penalty, i) => sampleReward(toy(penalty), [3, 2, 1][i]!).toFixed(3));
  expect(exact).toEqual(["0.525", "0.472", "0.339"]);
});

const rate = fc.integer({ min: 0, max: 40 }).map((i) => i / 40);
const verifiers = fc.record({
  share: rate,
  r1: rate,
  r2: rate,
  completeness: rate,
  soundness: rate,
  falsePositiveReward: fc.integer({ min: -40, max: 0 }).map((i) => i / 8),
});

test("K* equals brute force over 0 to 400 samples, also for verifiers worse than chance", () => {
  let infinite = 0;
  let inner = 0;
  fc.assert(
    fc.property(verifiers, ({ share, r1, r2, ...rest }) => {
      const verifier = {
        taskTypes: [
          { share, solveRate: r1 },
          { share: 1 - share, solveRate: r2 },
        ] as const,
        ...rest,
      };
      const best = optimalSamples(verifier);
      const rewards = Array.from({ length: 401 }, (_, k) => sampleReward(verifier, k));
      const highest = Math.max(...rewards);
      const rounding = 1e-12;
      if (best === Infinity) {
        infinite++;
        expect(sampleReward(verifier, Infinity)).toBeGreaterThanOrEqual(highest - rounding);
      } else if (best <= 400) {
        if (best > 1) inner++;
        expect(rewards[best]).toBeGreaterThanOrEqual(highest - rounding);
        expect(rewards.slice(0, best).every((reward) => reward < rewards[best]! + rounding)).toBe(true);
      }
    }),
    { ...seeded, numRuns: 3000 },
  );
  // The property would be empty if the draws never reached these cases.
  expect(infinite).toBeGreaterThan(100);
  expect(inner).toBeGreaterThan(50);
});

test("the reward is the sum over steps of share times survival times gain", () => {
  const step = (k: number) => {
    const types = [
      [0.58, 0.75 * 0.13, 0.87 - 0.13 * 0.25],
      [0.42, 0.75 * 0.87, 0.13 - 0.87 * 0.25],
    ] as const;
    return types.reduce((sum, [share, reject, gain]) => sum + share * reject ** (k - 1) * gain, 0);
  };
  expect(sampleReward(toy(-1), 4)).toBeCloseTo(step(1) + step(2) + step(3) + step(4), 14);
  expect(() => sampleReward({ ...toy(-1), completeness: 87 }, 1)).toThrow("divide percentages by 100");
});

test("accuracy of accepted answers runs from .715 (Command-Light) to .929 (GPT-4o), as measured", () => {
  const sorted = [...flawsHumanevalAccuracy()].sort(
    (p, q) => p.accuracyGivenBasePass - q.accuracyGivenBasePass,
  );
  const ends = [sorted[0]!, sorted.at(-1)!];
  expect(
    ends.map((row) => `${row.model} ${row.accuracyGivenBasePass.toFixed(3)} ${row.passAt1Plus.toFixed(3)}`),
  ).toEqual(["Command-Light 0.715 0.064", "GPT-4o 0.929 0.855"]);
  for (const { passAt1Plus, accuracyGivenBasePass } of sorted) {
    // The soundness that a complete verifier needs for this accuracy gives it back.
    const soundness =
      1 - (passAt1Plus * (1 - accuracyGivenBasePass)) / (accuracyGivenBasePass * (1 - passAt1Plus));
    expect(acceptedAccuracy({ solveRate: passAt1Plus, completeness: 1, soundness })).toBeCloseTo(
      accuracyGivenBasePass,
      12,
    );
  }
});

test("the over-confidence factor has the recorded values and limits", () => {
  const rounded = (p: number, n: number) => overconfidenceFactor(p, n).toPrecision(3);
  expect([rounded(0.01, 16), rounded(0.01, 256), rounded(0.1, 16), rounded(0.5, 16)]).toEqual([
    "0.926",
    "0.214",
    "0.404",
    "0.000244",
  ]);
  expect(overconfidenceFactor(0.3, 1)).toBe(1);
  expect(overconfidenceFactor(1e-14, 64)).toBeCloseTo(1, 12);
  fc.assert(
    fc.property(
      fc.double({ min: 1e-6, max: 0.999, noNaN: true }),
      fc.integer({ min: 1, max: 500 }),
      (p, n) => {
        const direct = (n * (1 - p) ** (n - 1) * p) / (1 - (1 - p) ** n);
        expect(overconfidenceFactor(p, n)).toBeCloseTo(direct, 9);
      },
    ),
    seeded,
  );
});

test("sampling FLOPs charge the prompt once and every completion", () => {
  const request = {
    nParams: 7e9,
    nLayers: 32,
    hiddenSize: 4096,
    context: 1000,
    promptTokens: 300,
    outputTokens: 200,
  };
  const perToken = 2 * (7e9 + 2 * 32 * 4096 * 1000);
  expect(samplingFlops({ ...request, nSamples: 1 })).toBe(500 * perToken);
  expect(samplingFlops({ ...request, nSamples: 10 })).toBe(2300 * perToken);
});
