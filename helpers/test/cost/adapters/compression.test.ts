import fc from "fast-check";
import {
  crossoverBandwidth,
  lowRankMatrix,
  quantizedBits,
  rankForShare,
  roundSeconds,
  ternaryUpdateBits,
  ternaryUpdateSize,
} from "isoflop";
import { ferretRoundCost } from "isoflop-datasets";
import { expect, test } from "vitest";

test("double quantisation saves the .373 bits of QLoRA", () => {
  expect((quantizedBits() - 4).toFixed(3)).toBe("0.127");
  expect((quantizedBits({ doubleQuantization: false }) - quantizedBits()).toFixed(3)).toBe("0.373");
  expect(quantizedBits({ bits: 8, blockSize: 256, doubleQuantization: false })).toBe(8.125);
});

test("the entropy of a ternary update is greatest where its three values are equally likely", () => {
  expect(ternaryUpdateBits(2 / 3)).toBeCloseTo(Math.log2(3), 12);
  expect(ternaryUpdateBits(1)).toBe(1);
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1, noNaN: true }), (density) => {
      expect(ternaryUpdateBits(density)).toBeLessThanOrEqual(Math.log2(3) + 1e-12);
      expect(ternaryUpdateBits(density)).toBeGreaterThan(0);
    }),
  );
});

test("the densities that ComPEFT tries lie within its 8 to 50 times", () => {
  const ratios = [0.05, 0.1, 0.2, 0.3, 0.5].map(
    (density) => ternaryUpdateSize({ params: 1e9, density }).ratio,
  );
  expect(ratios.map((ratio) => ratio.toFixed(2))).toEqual(["47.56", "28.12", "17.35", "13.54", "10.67"]);
});

test("factors save below the break-even rank and not above it", () => {
  const side = fc.integer({ min: 2, max: 4096 });
  fc.assert(
    fc.property(side, side, fc.integer({ min: 1, max: 4096 }), (rows, columns, rank) => {
      const { share, breakEvenRank } = lowRankMatrix({ rows, columns, rank });
      expect(share < 1).toBe(rank < breakEvenRank);
    }),
  );
  const size = { rows: 768, columns: 3072 };
  const rank = rankForShare({ ...size, share: 2 / 3 });
  expect(lowRankMatrix({ ...size, rank }).share).toBeLessThanOrEqual(2 / 3);
  expect(lowRankMatrix({ ...size, rank: rank + 1 }).share).toBeGreaterThan(2 / 3);
});

test("at the crossover both rounds of Ferret's table last equally long", () => {
  for (const model of ["LLaMA-3B", "LLaMA2-7B"]) {
    const [average, ferret] = ["FedAvg", "Ferret"].map((method) => {
      const row = ferretRoundCost().find((each) => each.model === model && each.method === method)!;
      return { seconds: row.totalS, bytes: 2 * row.numbersSent };
    });
    const bandwidth = crossoverBandwidth(average!, ferret!)!;
    expect(roundSeconds(average!, bandwidth)).toBeCloseTo(roundSeconds(ferret!, bandwidth), 6);
    expect(roundSeconds(average!, 2 * bandwidth)).toBeLessThan(roundSeconds(ferret!, 2 * bandwidth));
  }
});

test("there is no crossover where one is no worse in both", () => {
  expect(crossoverBandwidth({ seconds: 1, bytes: 1 }, { seconds: 2, bytes: 2 })).toBeUndefined();
  expect(crossoverBandwidth({ seconds: 1, bytes: 1 }, { seconds: 1, bytes: 2 })).toBeUndefined();
});

test("hostile values are refused", () => {
  expect(() => ternaryUpdateBits(0)).toThrow("density must lie in (0, 1], got 0");
  expect(() => ternaryUpdateBits(Number.NaN)).toThrow("density");
  expect(() => ternaryUpdateSize({ params: -1, density: 0.5 })).toThrow("params must be");
  expect(() => lowRankMatrix({ rows: 8, columns: 8, rank: 0.5 })).toThrow("rank must be a whole number");
  expect(() => rankForShare({ rows: 8, columns: 8, share: 2 })).toThrow("share must lie in (0, 1]");
  expect(() => quantizedBits({ blockSize: 0 })).toThrow("blockSize must be");
  expect(() => roundSeconds({ seconds: 1, bytes: 1 }, 0)).toThrow("bandwidth must be a number > 0, got 0");
  expect(() => crossoverBandwidth({ seconds: -1, bytes: 0 }, { seconds: 0, bytes: 0 })).toThrow(
    "a.seconds must be",
  );
});
