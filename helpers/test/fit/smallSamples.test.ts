import { fit, squared } from "isoflop";
import { describe, expect, test } from "vitest";
import { studentTQuantile } from "../../src/numerics/distributions/studentT.ts";
import { line, points } from "./lineLaw.ts";

const n = points.length;
const weights = points.map((_, i) => 1 + (i % 4));
const cases = { "equal weights": points.map(() => 1), "unequal weights": weights };

/** Weighted least squares of a line in closed form: leverages, residuals and White's estimators of the slope's variance. */
function closedForm(w: readonly number[]) {
  const sum = (f: (i: number) => number) => points.reduce((total, _, i) => total + f(i), 0);
  const x = points.map((point) => point.x);
  const y = points.map((point) => point.y);
  const total = sum((i) => w[i]!);
  const mx = sum((i) => w[i]! * x[i]!) / total;
  const my = sum((i) => w[i]! * y[i]!) / total;
  const sxx = sum((i) => w[i]! * (x[i]! - mx) ** 2);
  const slope = sum((i) => w[i]! * (x[i]! - mx) * (y[i]! - my)) / sxx;
  const level = my - slope * mx;
  const leverage = x.map((value, i) => w[i]! * (1 / total + (value - mx) ** 2 / sxx));
  const residual = x.map((value, i) => level + slope * value - y[i]!);
  const white = (power: number) =>
    sum((i) => (w[i]! * (x[i]! - mx) * residual[i]!) ** 2 / (1 - leverage[i]!) ** power) / sxx ** 2;
  const s2 = sum((i) => w[i]! * residual[i]! ** 2) / (n - 2);
  return { slope, level, sxx, mx, total, leverage, residual, white, s2 };
}

for (const [name, w] of Object.entries(cases)) {
  describe(`a line by least squares with ${name}`, () => {
    const own = closedForm(w);
    const law = fit(line, points, { loss: squared(), residual: "raw", weights: w });

    test("HC1, HC2 and HC3 are White's, made larger by n / (n - 2) or run by run", () => {
      const variance = (kind: "sandwich" | "HC1" | "HC2" | "HC3") =>
        law.covariance({ kind }).standardErrors.b ** 2;
      expect(variance("HC1") / (own.white(0) * (n / (n - 2)))).toBeCloseTo(1, 7);
      expect(variance("sandwich")).toBe(variance("HC1"));
      expect(variance("HC2") / own.white(1)).toBeCloseTo(1, 7);
      expect(variance("HC3") / own.white(2)).toBeCloseTo(1, 7);
    });

    test("a new run's interval follows its weight", () => {
      const spread = 1 / own.total + (20 - own.mx) ** 2 / own.sxx;
      for (const weight of [0.5, 1, 4]) {
        const reach = studentTQuantile(0.975, n - 2) * Math.sqrt(own.s2 * (spread + 1 / weight));
        const [low, high] = law.predictionInterval(
          { x: 20 },
          { kind: "new-run", covariance: "hessian", weight },
        );
        expect(high - low).toBeCloseTo(2 * reach, 6);
      }
    });

    test("a common factor of the weights changes no interval, a new run's included", async () => {
      const scaled = fit(line, points, {
        loss: squared(),
        residual: "raw",
        weights: w.map((each) => 1e4 * each),
      });
      const options = { kind: "new-run" } as const;
      const [before, after] = [law, scaled].map((each) => each.predictionInterval({ x: 20 }, options));
      expect(after![0] / before![0]).toBeCloseTo(1, 9);
      expect(after![1] / before![1]).toBeCloseTo(1, 9);
      // The default is the median weight.
      const middle = w.toSorted((one, other) => one - other);
      const median = (middle[n / 2 - 1]! + middle[n / 2]!) / 2;
      expect(law.predictionInterval({ x: 20 }, { ...options, weight: median })).toEqual(before);
      const [replicates, others] = await Promise.all(
        [law, scaled].map((each) => each.bootstrap({ resamples: 50, seed: 2 })),
      );
      const own = replicates!.predictionInterval({ x: 20 }, options);
      expect(others!.predictionInterval({ x: 20 }, options)[0] / own[0]).toBeCloseTo(1, 6);
    });

    test("the residual bootstrap has the noise's spread, not the residuals'", async () => {
      const replicates = await law.bootstrap({ kind: "residual", resamples: 6000, seed: 3 });
      const unit = own.residual.map((r, i) => (r * Math.sqrt(w[i]!)) / Math.sqrt(1 - own.leverage[i]!));
      const middle = unit.reduce((sum, r) => sum + r, 0) / n;
      const spread = unit.reduce((sum, r) => sum + (r - middle) ** 2, 0) / n;
      expect(replicates.standardErrors.b / Math.sqrt(spread / own.sxx)).toBeCloseTo(1, 1);
      const runs = replicates.predictionInterval({ x: own.mx }, { kind: "new-run", weight: 100 });
      const wide = replicates.predictionInterval({ x: own.mx }, { kind: "new-run", weight: 0.01 });
      expect(wide[1] - wide[0]).toBeGreaterThan(5 * (runs[1] - runs[0]));
    });

    test("the wild bootstrap's variance is HC3", async () => {
      const replicates = await law.bootstrap({ kind: "wild", resamples: 6000, seed: 4 });
      expect(replicates.standardErrors.b / Math.sqrt(own.white(2))).toBeCloseTo(1, 1);
    });

    test("studentized limits are near Student's, and wider than percentiles", async () => {
      const replicates = await law.bootstrap({ kind: "residual", resamples: 4000, seed: 5 });
      const reach = studentTQuantile(0.975, n - 2) * Math.sqrt(own.s2 / own.sxx);
      const [low, high] = replicates.interval("b", 0.95, { method: "studentized" });
      expect((high - low) / (2 * reach)).toBeGreaterThan(0.85);
      expect((high - low) / (2 * reach)).toBeLessThan(1.25);
      const [below, above] = replicates.interval("b");
      expect(high - low).toBeGreaterThan(above - below);
      const computed = replicates.interval(({ b }) => b, 0.95, { method: "studentized" });
      expect(computed[0]).toBeCloseTo(low, 6);
    });
  });
}

test("basic limits are the percentiles mirrored at the estimate", async () => {
  const law = fit(line, points, { loss: squared(), residual: "raw" });
  const replicates = await law.bootstrap({ resamples: 200, seed: 1 });
  const [low, high] = replicates.interval("b", 0.9);
  const { b } = law.parameters;
  const [below, above] = replicates.interval("b", 0.9, { method: "basic" });
  expect(below).toBeCloseTo(2 * b - high, 12);
  expect(above).toBeCloseTo(2 * b - low, 12);
  expect(() => replicates.interval("b", 0.9, { method: "studentized" })).toThrow(
    'studentized intervals need a bootstrap of kind "residual" or "wild", got "pairs"',
  );
});

describe("few clusters", () => {
  const law = fit(line, points, { loss: squared(), residual: "raw" });
  const keys = (count: number) => points.map((_, i) => i % count);

  test("below ten are refused with the way out: a single one gives no spread at all", async () => {
    for (const count of [1, 2, 9]) {
      const words = `clusters must be at least 10 to say how sure a fit is, got ${count}; leave them out`;
      expect(() => law.covariance({ clusters: keys(count) })).toThrow(words);
      await expect(law.bootstrap({ kind: "cluster", clusters: keys(count) })).rejects.toThrow(words);
      await expect(law.bootstrap({ kind: "wild", clusters: keys(count) })).rejects.toThrow(words);
    }
  });

  test("below thirty are noted, thirty are not", async () => {
    expect(law.covariance({ clusters: keys(11) }).notes).toEqual([
      "11 clusters: intervals by cluster are too narrow below about 30",
    ]);
    const replicates = await law.bootstrap({ kind: "cluster", clusters: keys(11), resamples: 20 });
    expect(replicates.notes).toEqual(["11 clusters: intervals by cluster are too narrow below about 30"]);
    const many = Array.from({ length: 60 }, (_, i) => ({ x: i, y: 2 * i + Math.sin(i * i) }));
    const thirty = fit(line, many, { loss: squared(), residual: "raw" });
    expect(thirty.covariance({ clusters: many.map((_, i) => i % 30) }).notes).toEqual([]);
    expect(law.covariance().notes).toEqual([]);
  });
});
