import fc from "fast-check";
import {
  breakEvenBatch,
  chooseBlocks,
  entropyBits,
  inverseRetrievalSigmoid,
  predictRetrieval,
  retrievalSigmoid,
  retrievalTrainingFlops,
  ternaryDictionaryBits,
  weightOnlySpeedup,
  yue2024,
} from "isoflop";
import {
  marlinA10Speedup,
  massivedsComposition,
  puzzleAccuracy,
  puzzleThroughput,
  ragAllocationValidation,
  ragOptimalPerformance,
} from "isoflop-datasets";
import { describe, expect, test } from "vitest";

const a10 = { peakFlopsPerS: 125e12, memoryBytesPerS: 600e9 };
const product = { rows: 73728, columns: 18432, weightBits: 4, groupSize: 128 };

describe("MARLIN on an A10", () => {
  const speedup = (batchSize: number) => weightOnlySpeedup({ ...product, batchSize }, a10);

  test("has the ideal 3.88 below the break-even batch and falls beyond it", () => {
    expect(speedup(1).toFixed(2)).toBe("3.88");
    expect(speedup(32).toFixed(2)).toBe("3.88");
    expect(breakEvenBatch(4.125, a10).toFixed(1)).toBe("53.7");
    expect(breakEvenBatch(16, a10).toFixed(0)).toBe("208");
    expect(speedup(1000)).toBe(1);
  });

  test("has the digitised ideal at batch 64 within its error", () => {
    const ideal = marlinA10Speedup().find((row) => row.kernel === "ideal" && row.batchSize === 64)!;
    // The bound without activations; reading and writing them costs the last percent.
    expect(Math.abs(speedup(64) / ideal.speedup - 1)).toBeLessThan(0.01);
  });

  test("is never beaten by the measured kernel by more than the reading error", () => {
    for (const row of marlinA10Speedup().filter(({ kernel }) => kernel === "marlin")) {
      expect(row.speedup).toBeLessThan(speedup(row.batchSize) + 0.02);
    }
  });
});

test("weights that are zero in 88.5 % of cases hold .6298 bits, a bound of 25.4 times", () => {
  const bits = entropyBits([0.885, 0.0575, 0.0575]);
  expect(bits.toFixed(4)).toBe("0.6298");
  expect((16 / bits).toFixed(1)).toBe("25.4");
});

test("a dictionary of 2^16 pair sequences comes within a quarter of the entropy, and never below it", () => {
  const bits = ternaryDictionaryBits({ zeroShare: 0.885, nRows: 64, rowLength: 4096, seed: 2 });
  expect(bits).toBeGreaterThan(0.6298);
  expect(bits).toBeLessThan(0.8); // QMoE prints 0.8 bits a weight
  expect(ternaryDictionaryBits({ zeroShare: 0.885, nRows: 64, rowLength: 4096, seed: 2 })).toBe(bits);
});

test("a code without sequences costs its bits for every pair", () => {
  expect(
    ternaryDictionaryBits({ zeroShare: 0.5, nRows: 2, rowLength: 64, codeBits: 4, maxPairs: 1, seed: 1 }),
  ).toBe(2);
});

test("Puzzle's six speed-ups and its mean preserved accuracy come out", () => {
  const speedups = puzzleThroughput()
    .filter(({ scenario }) => !scenario.includes("TP1"))
    .map((row) => (row.nemotronTokensPerSPerGpu / row.llamaTokensPerSPerGpu).toFixed(2));
  expect(speedups).toEqual(["2.07", "2.18", "1.76", "2.11", "1.93", "1.96"]);
  const mean = (values: number[]) => (values.reduce((sum, x) => sum + x, 0) / values.length).toFixed(2);
  expect(mean(puzzleAccuracy().map((row) => row.accuracyPreservedPct))).toBe("98.40");
  // From the scores themselves, before the paper rounds each ratio.
  expect(mean(puzzleAccuracy().map((row) => (100 * row.nemotron51b) / row.llama70b))).toBe("98.41");
});

test("the chosen blocks equal brute force over all architectures", () => {
  const choice = fc.record({
    name: fc.constant("block"),
    cost: fc.integer({ min: 0, max: 20 }).map((i) => i / 4),
    score: fc.integer({ min: -20, max: 20 }).map((i) => i / 4),
  });
  const layers = fc.array(fc.array(choice, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(
      layers,
      fc.integer({ min: 0, max: 60 }).map((i) => i / 4),
      (groups, budget) => {
        let best = -Infinity;
        const visit = (layer: number, cost: number, score: number) => {
          if (layer === groups.length) {
            if (cost <= budget) best = Math.max(best, score);
            return;
          }
          for (const next of groups[layer]!) visit(layer + 1, cost + next.cost, score + next.score);
        };
        visit(0, 0, 0);
        if (best === -Infinity) {
          expect(() => chooseBlocks(groups, budget)).toThrow("cheapest architecture");
          return;
        }
        const chosen = chooseBlocks(groups, budget);
        expect(chosen.score).toBe(best);
        expect(chosen.choices).toHaveLength(groups.length);
        expect(chosen.choices.reduce((sum, { cost }) => sum + cost, 0)).toBe(chosen.cost);
        for (const [i, picked] of chosen.choices.entries()) expect(groups[i]).toContain(picked);
      },
    ),
    { seed: 12, numRuns: 300 },
  );
});

test("the retrieval sigmoid and its inverse undo each other, and the inverse refuses what has no value", () => {
  fc.assert(
    fc.property(fc.double({ min: -4, max: 3, noNaN: true }), (x) => {
      expect(inverseRetrievalSigmoid(retrievalSigmoid(x))).toBeCloseTo(x, 8);
    }),
    { seed: 1, numRuns: 100 },
  );
  expect(() => inverseRetrievalSigmoid(1.2)).toThrow("(-2.18, 1.12), got 1.2");
});

test("by the published coefficients every further document, shot and iteration helps", () => {
  const gains = { documentGain: 0.5, shotGain: 0.5 };
  const base = { documents: 5, shots: 4, iterations: 2 };
  const before = predictRetrieval(yue2024, gains, base);
  for (const key of ["documents", "shots", "iterations"] as const) {
    expect(predictRetrieval(yue2024, gains, { ...base, [key]: 2 * base[key] })).toBeGreaterThan(before);
  }
});

test("58.9 % is 2Wiki's accuracy gain, and MuSiQue gains 81.5 % in the same table", () => {
  const best = (dataset: string, methods: readonly string[]) =>
    Math.max(
      ...ragOptimalPerformance()
        .filter((row) => row.dataset === dataset && row.metric === "acc" && methods.includes(row.method))
        .map(({ scorePct }) => scorePct),
    );
  const gain = (dataset: string) => 100 * (best(dataset, ["DRAG", "IterDRAG"]) / best(dataset, ["RAG"]) - 1);
  expect(gain("2WikiMultiHopQA").toFixed(1)).toBe("58.9");
  expect(gain("MuSiQue").toFixed(1)).toBe("81.5");
});

test("predicted settings reach 96.6 % of the oracle on the mean of twelve ratios", () => {
  const rows = ragAllocationValidation().filter((row) => row.experiment === "domain_generalization_1M");
  const score = (configuration: string, key: string) =>
    rows.find((row) => row.configuration === configuration && `${row.target} ${row.metric}` === key)!
      .scorePct;
  const keys = [...new Set(rows.map((row) => `${row.target} ${row.metric}`))];
  const ratios = keys.map((key) => score("predict", key) / score("oracle", key));
  expect(ratios).toHaveLength(12);
  expect((ratios.reduce((sum, x) => sum + x, 0) / 12).toFixed(4)).toBe("0.9660");
});

test("embedding MassiveDS costs 5.1e20 FLOPs, .28 of training Pythia-1B", () => {
  const storeTokens = massivedsComposition().reduce((sum, { nTokens }) => sum + nTokens, 0);
  expect(storeTokens).toBe(1441.2e9);
  const flops = retrievalTrainingFlops({ nParams: 1e9, nTokens: 3e11, retrieverParams: 1.77e8, storeTokens });
  expect(flops.datastore.toPrecision(2)).toBe("5.1e+20");
  expect((flops.datastore / flops.training).toFixed(2)).toBe("0.28");
});
