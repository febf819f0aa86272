import { chinchilla, computeOptimal, fit, huber, powerLaw, squared, withParameters } from "isoflop";
import { chinchillaFigure4 } from "isoflop-datasets";
import { describe, expect, test } from "vitest";
import { studentTQuantile } from "../../src/numerics/distributions/studentT.ts";
import { line, points, textbook } from "./lineLaw.ts";

const straight = fit(line, points, { loss: squared(), residual: "raw" });
const expected = textbook(points);
/** Student's t, 97.5 %, 10 degrees of freedom. */
const t10 = 2.228138852;

describe("on a straight line", () => {
  test("the fit is ordinary least squares", () => {
    expect(straight.status).toBe("converged");
    expect(straight.parameters.a).toBeCloseTo(expected.a, 10);
    expect(straight.parameters.b).toBeCloseTo(expected.b, 10);
    expect(straight.objective).toBeCloseTo(expected.rss, 10);
  });

  test("the Hessian covariance is s^2 (X'X)^-1", () => {
    const { standardErrors, correlation } = straight.covariance({ kind: "hessian" });
    expect(standardErrors.a / expected.seA).toBeCloseTo(1, 7);
    expect(standardErrors.b / expected.seB).toBeCloseTo(1, 7);
    const { mx, sxx, n } = expected;
    expect(correlation("a", "b")).toBeCloseTo(-mx / Math.sqrt(sxx / n + mx ** 2), 7);
  });

  test("the sandwich is White's, with n / (n - 2)", () => {
    const { standardErrors } = straight.covariance({ kind: "sandwich" });
    expect(standardErrors.b ** 2 / (expected.sandwichB * (12 / 10))).toBeCloseTo(1, 7);
  });

  test("the profile interval is the t interval, for a parameter and for the value at a point", () => {
    const { interval, estimate } = straight.profile("b");
    expect(interval[0]).toBeCloseTo(expected.b - t10 * expected.seB, 4);
    expect(interval[1]).toBeCloseTo(expected.b + t10 * expected.seB, 4);
    expect(estimate).toBeCloseTo(expected.b, 10);
    const at = straight.profile(({ a, b }) => a + 20 * b).interval;
    const reach = t10 * Math.sqrt(expected.s2 * (1 / 12 + (20 - expected.mx) ** 2 / expected.sxx));
    expect(at[0]).toBeCloseTo(expected.a + 20 * expected.b - reach, 3);
    expect(at[1]).toBeCloseTo(expected.a + 20 * expected.b + reach, 3);
  });

  test("prediction intervals are the textbook's, for the mean and for a new run", () => {
    const spread = 1 / 12 + (20 - expected.mx) ** 2 / expected.sxx;
    const centre = expected.a + 20 * expected.b;
    const mean = straight.predictionInterval({ x: 20 }, { covariance: "hessian" });
    expect(mean[1]).toBeCloseTo(centre + t10 * Math.sqrt(expected.s2 * spread), 6);
    const run = straight.predictionInterval({ x: 20 }, { covariance: "hessian", kind: "new-run" });
    expect(run[0]).toBeCloseTo(centre - t10 * Math.sqrt(expected.s2 * (1 + spread)), 6);
  });

  test("leave-one-out equals a fit without the run", () => {
    const left = straight.leaveOneOut();
    points.forEach((_, i) => {
      const without = textbook(points.filter((_, k) => k !== i));
      expect(left[i]!.b).toBeCloseTo(without.b, 8);
    });
  });

  test("clustered errors with every run doubled equal the unclustered ones of the single runs", () => {
    const doubled = fit(line, [...points, ...points], { loss: squared(), residual: "raw" });
    const keys = [...points, ...points].map((_, i) => i % 12);
    const clustered = doubled.covariance({ clusters: keys }).standardErrors.b;
    expect(clustered ** 2 / (expected.sandwichB * (12 / 11))).toBeCloseTo(1, 7);
  });
});

describe("on Chinchilla's runs", () => {
  const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
  const full = fit(chinchilla, runs, { loss: squared() });

  test("profile and Wald intervals agree where the objective is nearly quadratic", () => {
    const wald = full.covariance({ kind: "hessian" });
    for (const name of ["E", "alpha", "beta", "A", "B"] as const) {
      const [low, high] = full.profile(name).interval;
      const [a, b] = wald.interval(name);
      expect(low / a, name).toBeCloseTo(1, 2);
      expect(high / b, name).toBeCloseTo(1, 2);
    }
  });

  test("holding a quantity at the end of its interval costs what the level says, and a fixed-parameter fit agrees", () => {
    const { interval, curve } = full.profile("alpha", { points: 4 });
    const held = fit(chinchilla, runs, { loss: squared(), fixed: { alpha: interval[1] } });
    const variance = full.objective / (240 - 5);
    const limit = studentTQuantile(0.975, 235) ** 2;
    expect((held.objective - full.objective) / variance / limit).toBeCloseTo(1, 2);
    expect(curve.map(({ value }) => value)).toEqual(
      curve.map(({ value }) => value).toSorted((a, b) => a - b),
    );
    expect(curve.length).toBe(9);
  });

  test("the best model size at a budget has an interval that contains its estimate", () => {
    const robust = fit(chinchilla, runs, { loss: huber(1e-3) });
    const size = robust.profile(
      (p) => computeOptimal(withParameters(chinchilla, p), { flops: 5.88e23 }).nParams,
    );
    expect(size.estimate).toBeCloseTo(computeOptimal(robust, { flops: 5.88e23 }).nParams, -3);
    expect(size.interval[0]).toBeLessThan(size.estimate * 0.9);
    expect(size.interval[1]).toBeGreaterThan(size.estimate * 1.1);
  });

  test("a fixed parameter has no spread and no profile", () => {
    const fixed = fit(chinchilla, runs, { fixed: { E: 1.8 } });
    expect(fixed.covariance().standardErrors.E).toBe(0);
    expect(() => fixed.profile("E")).toThrow("E is fixed, so it has no profile");
  });
});

test.each([
  ["the usual loss", undefined],
  ["squares", squared()],
  ["huber", huber(1e-3)],
])("runs of weight 0 change nothing of a covariance: %s", (_name, loss) => {
  const runs = [1e7, 3e7, 1e8, 3e8, 1e9, 3e9, 1e10, 3e10].map((nParams, k) => ({
    nParams,
    loss: (1.5 + 60 / nParams ** 0.25) * (1 + [2, -1, -2, 2, 0, -1, 1, -1][k]! / 1e3),
  }));
  const odd = [...runs, ...runs.map((run) => ({ ...run, loss: 9 * run.loss }))];
  const given = loss && { loss };
  const found = fit(powerLaw("nParams"), odd, { ...given, weights: (_, row) => Number(row < 8) });
  const without = fit(powerLaw("nParams"), runs, { ...given });
  for (const kind of ["hessian", "HC1", "HC3"] as const) {
    const [ours, theirs] = [found.covariance({ kind }), without.covariance({ kind })];
    expect(ours.standardErrors.alpha / theirs.standardErrors.alpha).toBeCloseTo(1, 4);
    expect(ours.freedom).toBe(theirs.freedom);
  }
});
