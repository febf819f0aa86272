import { chinchilla, computeOptimal, fit, huber, squared, withParameters } from "isoflop";
import { chinchillaFigure4 } from "isoflop-datasets";
import { describe, expect, test } from "vitest";
import { studentTQuantile } from "../../src/numerics/distributions/studentT.ts";
import { line, points, textbook } from "./lineLaw.ts";

const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
const law = fit(chinchilla, runs);

describe("the delta method", () => {
  test("is exact for what is straight in the parameters", () => {
    const straight = fit(line, points, { loss: squared(), residual: "raw" });
    const { a, b, s2, mx, sxx, n } = textbook(points);
    const reach = studentTQuantile(0.975, n - 2) * Math.sqrt(s2 * (1 / n + (20 - mx) ** 2 / sxx));
    const [low, high] = straight.interval((p) => p.a + 20 * p.b, { kind: "hessian" });
    expect(low).toBeCloseTo(a + 20 * b - reach, 5);
    expect(high).toBeCloseTo(a + 20 * b + reach, 5);
  });

  test("agrees with covariance for a parameter on its own scale, for every kind", () => {
    expect(law.interval("alpha")).toEqual(law.interval("alpha", { kind: "HC3" }));
    for (const kind of ["sandwich", "HC1", "HC2", "HC3", "hessian"] as const) {
      const own = law.covariance({ kind }).interval("alpha");
      expect(law.interval("alpha", { kind })[0]).toBeCloseTo(own[0], 9);
      expect(law.interval(({ alpha }) => alpha, { kind })[1]).toBeCloseTo(own[1], 6);
      const logs = law.covariance({ kind }).interval("A", 0.8);
      expect(law.interval("A", { kind, level: 0.8, scale: "log" })[0] / logs[0]).toBeCloseTo(1, 9);
    }
  });

  test("is near the profile where the objective is nearly a parabola", () => {
    const size = (p: (typeof law)["parameters"]) =>
      computeOptimal(withParameters(chinchilla, p), { flops: 1e21 }).nParams;
    const full = fit(chinchilla, runs, { loss: squared() });
    const delta = full.interval(size, { kind: "hessian", scale: "log" });
    const profiled = full.profile(size).interval;
    expect(delta[0] / profiled[0]).toBeCloseTo(1, 2);
    expect(delta[1] / profiled[1]).toBeCloseTo(1, 2);
  });
});

test("what cannot hold the truth as often as it says notes that where it is used", async () => {
  const twenty = runs.slice(0, 20);
  const words = "20 runs and huber(0.001): intervals are too narrow unless delta follows the noise";
  const sharp = fit(chinchilla, twenty, { loss: huber(1e-3) });
  expect(sharp.covariance({ kind: "hessian" }).notes[0]).toContain(words);
  expect(sharp.covariance({ kind: "HC1" }).notes[0]).toContain(words);
  expect(sharp.covariance().notes).toEqual([]);
  expect(sharp.profile("alpha").notes.at(-1)).toContain(words);
  for (const loss of [squared(), undefined]) {
    const usual = fit(chinchilla, twenty, { loss });
    expect(usual.covariance({ kind: "hessian" }).notes).toEqual([]);
    expect(usual.profile("E").notes.join()).not.toContain("too narrow");
  }
  expect((await sharp.bootstrap({ resamples: 5 })).notes).toEqual([]);
  for (const kind of ["residual", "wild"] as const) {
    expect((await sharp.bootstrap({ resamples: 5, kind })).notes).toEqual([
      `20 runs: 95 % limits of a ${kind} bootstrap hold in about 92 % below 60; kind "pairs" and interval() hold`,
    ]);
  }
  const many = fit(chinchilla, runs, { loss: huber(1e-3) });
  expect(many.covariance({ kind: "hessian" }).notes).toEqual([]);
  expect((await many.bootstrap({ resamples: 5, kind: "wild" })).notes).toEqual([]);
});

test("what has no interval is refused in a line", () => {
  const fixed = fit(chinchilla, runs, { fixed: { E: 1.8 } });
  expect(() => fixed.interval("E")).toThrow("E is fixed, so it has no profile or interval of its own");
  for (const value of [Number.NaN, Infinity]) {
    const words = `the quantity must be finite at the estimate, got ${value}; check the function`;
    expect(() => law.interval(() => value)).toThrow(words);
    expect(() => law.profile(() => value)).toThrow(words);
  }
  expect(() => law.interval(({ alpha }) => -alpha, { scale: "log" })).toThrow(
    'scale "log" needs a quantity > 0',
  );
  expect(() => law.interval("alpha", { scale: "logs" as "log" })).toThrow(
    "scale must be linear or log, got logs",
  );
  expect(() => law.interval("alpha", { level: 95 })).toThrow("level must be between 0 and 1, got 95");
  expect(() => law.interval("alpha", { clusters: [1, 2] })).toThrow(
    "clusters must have one key per run (240), got 2",
  );
});
