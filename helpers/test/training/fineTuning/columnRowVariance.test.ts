import fc from "fast-check";
import { columnRowVariance } from "isoflop";
import { expect, test } from "vitest";
import { Random } from "../../../src/numerics/random/Random.ts";

test("drawing at random has the mean and the error that the closed forms say", () => {
  const sizes = [9, 5, 3, 2, 1, 1, 0.5, 0.5];
  const [keep, draws] = [4, 20_000];
  const { crs, wta, winners } = columnRowVariance({ sizes, keep });
  expect(winners).toBeGreaterThan(0);
  const random = new Random(5, 1);
  // Pairs along axes of their own: the product is the vector of sizes.
  const simulate = (certain: number) => {
    const rest = sizes.slice(certain).reduce((a, b) => a + b);
    const mean = sizes.map(() => 0);
    let error = 0;
    for (let t = 0; t < draws; t++) {
      const estimate = sizes.map((size, i) => (i < certain ? size : 0));
      for (let j = certain; j < keep; j++) {
        let left = random.uniform() * rest;
        let i = certain;
        while (i < sizes.length - 1 && left >= sizes[i]!) left -= sizes[i++]!;
        estimate[i]! += rest / (keep - certain);
      }
      estimate.forEach((value, i) => {
        mean[i]! += value / draws;
        error += (value - sizes[i]!) ** 2 / draws;
      });
    }
    return { mean, error };
  };
  for (const [certain, expected] of [
    [0, crs],
    [winners, wta],
  ] as const) {
    const { mean, error } = simulate(certain);
    // Five standard errors of the mean of 20,000 draws; errors have a coefficient of variation below 2.
    mean.forEach((value, i) => {
      expect(Math.abs(value - sizes[i]!)).toBeLessThan(5 * Math.sqrt(expected / draws));
    });
    expect(Math.abs(error / expected - 1)).toBeLessThan((5 * 2) / Math.sqrt(draws));
  }
});

test("winners help exactly where they have more than their share, as Theorem 2 bounds it", () => {
  const sizes = fc.array(fc.double({ min: 0.001, max: 100, noNaN: true }), { minLength: 3, maxLength: 40 });
  fc.assert(
    fc.property(sizes, fc.nat(), fc.nat(), (list, a, b) => {
      const keep = 2 + (a % (list.length - 1));
      const winners = b % keep;
      const given = columnRowVariance({ sizes: list, keep, winners });
      const best = columnRowVariance({ sizes: list, keep });
      const slack = 1e-9 * best.crs + 1e-12;
      expect(best.wta).toBeLessThanOrEqual(given.wta + slack);
      expect(best.wta).toBeLessThanOrEqual(best.crs + slack);
      const sorted = [...list].sort((x, y) => y - x);
      const sum = (values: readonly number[]) => values.reduce((x, y) => x + y, 0);
      if (sum(sorted.slice(0, winners)) / sum(sorted) > winners / keep) {
        expect(given.wta).toBeLessThanOrEqual(given.crs + slack);
      }
    }),
  );
});

test("sizes alike gain nothing, and one size beyond all others gains everything", () => {
  const even = columnRowVariance({ sizes: Array.from({ length: 100 }, () => 1), keep: 30 });
  expect(even.wta / even.crs).toBeGreaterThan(0.95);
  expect(columnRowVariance({ sizes: [1000, 1, 1], keep: 2 }).winners).toBe(1);
});

test("hostile settings are refused", () => {
  expect(() => columnRowVariance({ sizes: [1, -1], keep: 1 })).toThrow(
    "sizes must be a finite number >= 0, got -1",
  );
  expect(() => columnRowVariance({ sizes: [0, 0], keep: 1 })).toThrow("must not all be 0");
  expect(() => columnRowVariance({ sizes: [1, 2], keep: 3 })).toThrow(
    "keep must be a whole number between 1 and 2, got 3",
  );
  expect(() => columnRowVariance({ sizes: [1, 2], keep: 2, winners: 2 })).toThrow(
    "winners must be a whole number between 0 and 1",
  );
});
