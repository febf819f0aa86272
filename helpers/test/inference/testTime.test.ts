import fc from "fast-check";
import { matchFlops, simulateSearch, testTimeBudget } from "isoflop";
import { ttsFlops, ttsMath500Gains } from "isoflop-datasets";
import { describe, expect, test } from "vitest";

const multiplier = (ratio: number, inferenceFlopsPerParamToken: number) => {
  const large = { nParams: 14, pretrainTokens: 1, inferenceTokens: ratio };
  return matchFlops(large, { nParams: 1, pretrainTokens: 1 }, { inferenceFlopsPerParamToken }) / ratio;
};

test("Snell's ratios are budgets of 256, 64 and 16 samples, in both conventions", () => {
  expect([0.16, 0.79, 22].map((ratio) => multiplier(ratio, 2).toFixed(1))).toEqual(["257.8", "63.4", "15.8"]);
  expect([0.08, 0.4, 11].map((ratio) => multiplier(ratio, 4).toFixed(1))).toEqual(["257.8", "62.7", "15.8"]);
});

test("matching FLOPs there and back gives the same tokens", () => {
  const size = fc.double({ min: 1e8, max: 1e12, noNaN: true });
  fc.assert(
    fc.property(size, size, size, size, size, fc.constantFrom(2, 4), (n1, n2, d1, d2, t1, f) => {
      const options = { inferenceFlopsPerParamToken: f };
      const there = matchFlops(
        { nParams: n1, pretrainTokens: d1, inferenceTokens: t1 },
        { nParams: n2, pretrainTokens: d2 },
        options,
      );
      const other = { nParams: n2, pretrainTokens: d2, inferenceTokens: there };
      const back = matchFlops(other, { nParams: n1, pretrainTokens: d1 }, options);
      expect(Math.abs(back - t1)).toBeLessThan(1e-9 * (t1 + d1 + (d2 * n2) / n1));
    }),
    { seed: 8, numRuns: 300 },
  );
});

describe("Liu et al., Table 4", () => {
  test("training FLOPs are 6 N D, with DeepSeek-R1 charged for all its parameters", () => {
    const sixND = [6 * 3e9 * 9e12, 6 * 405e9 * 15e12, 6 * 7e9 * 18e12, 6 * 671e9 * 14.8e12];
    expect(sixND.map((flops) => flops.toPrecision(3))).toEqual(
      // 3.645e25 lies on the edge of rounding: the paper prints 3.65e25.
      ttsFlops().map(({ pretrainingFlops }, i) => (i === 1 ? sixND[1]! : pretrainingFlops).toPrecision(3)),
    );
    expect(sixND[1]).toBeCloseTo(3.645e25, -20);
  });

  test("ratios of totals are 225 and 78.8, of inference 1.38 and 4.94, and 4.3 with active parameters", () => {
    const [small, large, distilled, r1] = ttsFlops();
    expect((large!.totalFlops / small!.totalFlops).toFixed(0)).toBe("225");
    expect((r1!.totalFlops / distilled!.totalFlops).toFixed(1)).toBe("78.8");
    expect((large!.inferenceFlops / small!.inferenceFlops).toFixed(2)).toBe("1.38");
    expect((r1!.inferenceFlops / distilled!.inferenceFlops).toFixed(2)).toBe("4.94");
    const active = 6 * 37e9 * 14.8e12;
    expect(active.toPrecision(3)).toBe("3.29e+24");
    expect((active / distilled!.totalFlops).toFixed(1)).toBe("4.3");
  });
});

test("all ten performance gains of Table 5 are TTS / CoT - 1", () => {
  for (const row of ttsMath500Gains()) {
    expect((100 * (row.computeOptimalTtsPct / row.cotPct - 1)).toFixed(1)).toBe(
      row.performanceGainPct.toFixed(1),
    );
  }
});

test("a budget in FLOPs buys whole samples, after the prompt and with the verifier counted", () => {
  const request = { flops: 1e14, nParams: 1e9, promptTokens: 5000, outputTokens: 500 };
  expect(testTimeBudget(request)).toBe(90);
  expect(testTimeBudget({ ...request, verifierParams: 1e9 })).toBe(40);
  expect(testTimeBudget({ ...request, flops: 1e9 })).toBe(0);
});

describe("the simulated search", () => {
  const setting = {
    nSteps: 10,
    stepSolveRate: 0.7,
    rewardMargin: 1,
    rewardNoise: 1,
    nProblems: 2000,
    seed: 11,
  };

  test("depends on the seed only", () => {
    expect(simulateSearch({ ...setting, nParticles: 4 })).toEqual(
      simulateSearch({ ...setting, nParticles: 4 }),
    );
  });

  test("has the closed-form accuracy where there is nothing to choose from", () => {
    const { particleFiltering, bestOfN } = simulateSearch({ ...setting, nParticles: 1, nProblems: 40_000 });
    const standardError = Math.sqrt((0.7 ** 10 * (1 - 0.7 ** 10)) / 40_000);
    expect(Math.abs(particleFiltering - 0.7 ** 10)).toBeLessThan(4 * standardError);
    expect(Math.abs(bestOfN - 0.7 ** 10)).toBeLessThan(4 * standardError);
  });

  test("equals coverage for best-of-N under a perfect reward", () => {
    const { bestOfN } = simulateSearch({ ...setting, rewardNoise: 0, nParticles: 8, nProblems: 20_000 });
    expect(Math.abs(bestOfN - (1 - (1 - 0.7 ** 10) ** 8))).toBeLessThan(0.012);
  });

  test("lets particle filtering beat best-of-N at equal budget", () => {
    for (const nParticles of [4, 16, 64]) {
      const { particleFiltering, bestOfN } = simulateSearch({ ...setting, nParticles });
      expect(particleFiltering).toBeGreaterThan(bestOfN);
    }
  });
});
