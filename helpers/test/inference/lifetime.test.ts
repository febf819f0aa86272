import fc from "fast-check";
import { computeOptimalTokens, lifetimeOptimum, lifetimePlan, tokensForLoss } from "isoflop";
import { sardanaComputeOptimal, sardanaCostOptimal } from "isoflop-datasets";
import { describe, expect, test } from "vitest";

const law = { E: 1.69, A: 406.4, alpha: 0.336, B: 410.7, beta: 0.283 };
const lossOf = (nParams: number, nTokens: number) =>
  law.E + law.A * nParams ** -law.alpha + law.B * nTokens ** -law.beta;
const baseline = (nParams: number) => {
  const nTokens = computeOptimalTokens(law, nParams);
  return { nParams, nTokens, loss: lossOf(nParams, nTokens) };
};

describe("Table 2 of Sardana et al. comes out: sizes to the printed digits, savings to .1 point, tokens to .3 %", () => {
  const optima = ["0.6325", "5.40", "8.32", "16.4", "41.6"];
  const reductions = [9.0, 2.6, 8.5, 16.3, 12.0];
  test.each(sardanaComputeOptimal().map((row, i) => ({ ...row, i })))(
    "$inferenceTokens tokens served",
    (row) => {
      const { nParams, nTokens, loss } = baseline(row.chinchillaNParams);
      const inference = [{ nTokens: row.inferenceTokens }];
      const before = 6 * nParams * nTokens + 2 * nParams * row.inferenceTokens;
      const best = lifetimeOptimum(law, { loss, inference });
      expect(loss.toFixed(2)).toBe(row.lossNats.toFixed(2));
      // Exponents are printed to three digits, which leaves the third digit of the tokens open.
      expect(Math.abs(nTokens / row.chinchillaNTokens - 1)).toBeLessThan(0.003);
      const printed = (value: number) =>
        Number(value.toPrecision(optima[row.i]!.replace(/^0?\./, "").replace(".", "").length));
      expect(printed(best.nParams / 1e9)).toBe(Number(optima[row.i]));
      expect(Math.abs(best.nTokens / row.optimalNTokens - 1)).toBeLessThan(0.003);
      expect(Math.abs(100 * (1 - best.total / before) - reductions[row.i]!)).toBeLessThan(0.1);
      if (row.optimalNParams !== undefined) {
        expect(Number((best.nParams / 1e9).toPrecision(3))).toBe(row.optimalNParams / 1e9);
      }
    },
  );
});

test("figure 1: 13B serving 2T tokens becomes 6.97B and saves 17.4 % of 1.7e22 FLOPs", () => {
  const { nParams, nTokens, loss } = baseline(13e9);
  const before = 6 * nParams * nTokens + 2 * nParams * 2e12;
  const best = lifetimeOptimum(law, { loss, inference: [{ nTokens: 2e12 }] });
  expect((best.nParams / 1e9).toFixed(2)).toBe("6.97");
  expect((100 * (1 - best.total / before)).toFixed(1)).toBe("17.4");
  expect(((before - best.total) / 1e22).toFixed(2)).toBe("1.69");
});

test("30B serving 1e13 tokens becomes 13.6B on 2.84 times the data, 28 % cheaper", () => {
  const { nParams, nTokens, loss } = baseline(30e9);
  const best = lifetimeOptimum(law, { loss, inference: [{ nTokens: 1e13 }] });
  expect((best.nParams / 1e9).toFixed(1)).toBe("13.6");
  expect((best.nTokens / nTokens).toFixed(2)).toBe("2.84");
  expect((100 * (1 - best.total / (6 * nParams * nTokens + 2 * nParams * 1e13))).toFixed(1)).toBe("28.0");
});

const trainingPrice = { usdPerHour: 1.5, peakFlopsPerS: 3.12e14, mfu: 0.5 };
const serving = (requests: number, factor = 1) => {
  const price = { usdPerHour: 1.1 * factor, peakFlopsPerS: 6.24e14 };
  return [
    { nTokens: 70 * requests, price: { ...price, mfu: 0.5 } },
    { nTokens: 215 * requests, price: { ...price, mfu: 0.01 } },
  ];
};

test("Table 3 with the stated prices is 9 to 10 % (baseline) and 5 to 7 % (optimum) above the print", () => {
  for (const row of sardanaCostOptimal()) {
    const { nParams, loss } = baseline(row.chinchillaNParams);
    const demand = { inference: serving(row.inferenceRequests), trainingPrice };
    const before = lifetimePlan(law, { loss, nParams, ...demand }).total / row.chinchillaCostUsd;
    const after = lifetimeOptimum(law, { loss, ...demand }).total / row.optimalCostUsd;
    expect(before).toBeGreaterThan(1.08);
    expect(before).toBeLessThan(1.11);
    expect(after).toBeGreaterThan(1.04);
    expect(after).toBeLessThan(1.08);
  }
});

test("an inference price of .897 times the stated one gives all rows of Table 3 to about 1 %", () => {
  for (const row of sardanaCostOptimal()) {
    const { nParams, loss } = baseline(row.chinchillaNParams);
    const demand = { inference: serving(row.inferenceRequests, 0.897), trainingPrice };
    const before = lifetimePlan(law, { loss, nParams, ...demand }).total / row.chinchillaCostUsd;
    const after = lifetimeOptimum(law, { loss, ...demand }).total / row.optimalCostUsd;
    expect(Math.abs(before - 1)).toBeLessThan(0.012);
    expect(Math.abs(after - 1)).toBeLessThan(0.012);
  }
});

test("nothing served gives back the compute-optimal model", () => {
  const { nParams, nTokens, loss } = baseline(7e9);
  const best = lifetimeOptimum(law, { loss, inference: [] });
  expect(best.nParams / nParams).toBeCloseTo(1, 4);
  expect(best.nTokens / nTokens).toBeCloseTo(1, 4);
});

test("the optimum is no dearer than any size of a fine grid, and shrinks as more is served", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1.95, max: 2.8, noNaN: true }),
      fc.double({ min: 9, max: 14, noNaN: true }),
      (loss, log) => {
        const inference = [{ nTokens: 10 ** log }];
        const best = lifetimeOptimum(law, { loss, inference });
        for (let i = 0; i <= 300; i++) {
          const nParams = 10 ** (7 + i / 50);
          expect(best.total).toBeLessThanOrEqual(
            lifetimePlan(law, { loss, nParams, inference }).total * (1 + 1e-12),
          );
        }
        const more = lifetimeOptimum(law, { loss, inference: [{ nTokens: 3 * 10 ** log }] });
        expect(more.nParams).toBeLessThan(best.nParams);
      },
    ),
    { seed: 4, numRuns: 40 },
  );
});

test("a loss below the floor, or prices for one side only, are refused with the way out", () => {
  expect(() => tokensForLoss(law, { loss: 1.6, nParams: 1e9 })).toThrow("irreducible 1.69 nats, got 1.6");
  expect(tokensForLoss(law, { loss: 1.8, nParams: 1e6 })).toBe(Infinity);
  expect(() => lifetimeOptimum(law, { loss: 2, inference: [{ nTokens: 1e9 }], trainingPrice })).toThrow(
    "or for none",
  );
  const percent = { ...trainingPrice, mfu: 50 };
  expect(() => lifetimeOptimum(law, { loss: 2, inference: [], trainingPrice: percent })).toThrow(
    "divide percentages",
  );
});
