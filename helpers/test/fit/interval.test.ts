import {
  adaptiveHuber,
  asymmetric,
  chinchilla,
  computeOptimal,
  fit,
  huber,
  l1,
  lawIntervals,
  logCosh,
  powerLaw,
  squared,
  withParameters,
} from "isoflop";
import { chinchillaFigure4 } from "isoflop-datasets";
import { describe, expect, test } from "vitest";
import { studentTQuantile } from "../../src/numerics/distributions/studentT.ts";
import { line, points, textbook } from "./lineLaw.ts";

const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
const law = fit(chinchilla, runs);

describe("the delta method", () => {
  test("an amplitude's limits are on the logarithm, as its law has it; scale says otherwise", () => {
    const { A, alpha } = law.parameters;
    const [low, high] = law.interval("A");
    expect((low * high) / A ** 2).toBeCloseTo(1, 9);
    const [lower, higher] = law.interval("A", { scale: "linear" });
    expect(lower + higher).toBeCloseTo(2 * A, 6);
    const exponent = law.interval("alpha");
    expect(exponent[0] + exponent[1]).toBeCloseTo(2 * alpha, 9);
  });

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
      expect(law.interval("A", { kind, level: 0.8 })[0] / logs[0]).toBeCloseTo(1, 9);
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

test("a loss is noted by where its corner lies beside the noise, not by its kind", () => {
  const twenty = runs.slice(0, 20);
  // Robust standard deviation of these runs' residuals, from the delta that followed it.
  const sigma = fit(chinchilla, twenty).options.loss!.specification.scale! / 1.345;
  const notesUnder = (loss: ReturnType<typeof huber>) =>
    fit(chinchilla, twenty, { loss }).covariance({ kind: "hessian" }).notes.join();
  for (const near of [l1(), huber(0.2 * sigma), logCosh(0.2 * sigma), adaptiveHuber({ sigmas: 0.2 })]) {
    expect(notesUnder(near), near.label).toContain("intervals are too narrow unless delta follows the noise");
  }
  for (const far of [
    squared(),
    huber(sigma),
    huber(10),
    logCosh(sigma),
    asymmetric(squared(), { over: 2 }),
  ]) {
    expect(notesUnder(far), far.label).toBe("");
  }
});

test("HC1 and HC2 of few runs note what docs/coverage.md counts of them", () => {
  const usual = fit(chinchilla, runs.slice(0, 20));
  for (const kind of ["HC1", "HC2", "sandwich"] as const) {
    expect(usual.covariance({ kind }).notes).toEqual([
      `20 runs: 95 % limits of ${kind} hold in 91 to 97 % at 20; HC3, the default, holds`,
    ]);
    expect(law.covariance({ kind }).notes).toEqual([]);
  }
});

describe("a parameter on its bound", () => {
  const bounded = fit(chinchilla, runs, { bounds: { alpha: [0.1, 0.34] } });

  test("has the one-sided interval of its profile, not one of no width", () => {
    expect(bounded.status).toBe("at-bound");
    expect(bounded.interval("alpha")).toEqual(bounded.profile("alpha").interval);
    expect(bounded.interval("alpha")[0]).toBeLessThan(0.335);
    expect(bounded.covariance().notes).toEqual([
      "alpha on a bound: the others' standard errors are those given that; profile() has its limit",
    ]);
  });

  test("has the value itself where both bounds are that", () => {
    const held = fit(chinchilla, runs, { bounds: { alpha: [0.34, 0.34] } });
    expect(held.interval("alpha")).toEqual([0.34, 0.34]);
    expect(held.covariance().notes).toEqual([]);
  });
});

test("as many runs as parameters leave every interval open", () => {
  const three = [1e7, 1e8, 1e9].map((nParams, k) => ({
    nParams,
    loss: (1.5 + 60 / nParams ** 0.25) * [1, 1.01, 0.99][k]!,
  }));
  const exact = fit(powerLaw("nParams"), three, { loss: squared() });
  expect(exact.status).toBe("converged");
  expect(exact.interval("alpha")).toEqual([-Infinity, Infinity]);
  expect(exact.interval(({ alpha }) => alpha ** 2 - 3 * alpha)).toEqual([-Infinity, Infinity]);
  expect(exact.covariance().interval("A")).toEqual([0, Infinity]);
  expect(exact.covariance().notes).toEqual([
    "3 runs for 3 parameters leave nothing to tell the noise by, so nothing is known for sure",
  ]);
  for (const kind of ["mean", "new-run"] as const) {
    expect(exact.predictionInterval({ nParams: 1e10 }, { kind })).toEqual([0, Infinity]);
  }
  expect(lawIntervals(exact, 0.95)).toBeUndefined();
});

test("runs on the law have intervals of no width by every method, and a profile says why", () => {
  const clean = runs.map((run) => ({
    ...run,
    loss: 1.8 + 480 / run.nParams ** 0.35 + 2100 / run.nTokens ** 0.37,
  }));
  const ratio = ({ alpha, beta }: Record<"alpha" | "beta", number>) => beta / (alpha + beta);
  for (const loss of [undefined, squared(), huber(1e-3), l1()]) {
    const exact = fit(chinchilla, clean, { loss });
    for (const quantity of ["alpha", ratio] as const) {
      const truth = quantity === "alpha" ? 0.35 : 0.37 / 0.72;
      const { interval, notes } = exact.profile(quantity);
      for (const end of [...interval, ...exact.interval(quantity)]) expect(end).toBeCloseTo(truth, 8);
      expect(notes[0]).toBe("the runs lie on the law to rounding: there is no noise to make an interval of");
    }
  }
});

test("a raw response's unit changes no interval", () => {
  const raw = (unit: number) =>
    fit(
      chinchilla,
      runs.map((run) => ({ ...run, loss: unit * run.loss })),
      { residual: "raw", loss: squared() },
    ).interval("alpha");
  for (const unit of [1e-6, 1e6]) {
    expect(raw(unit)[0] / raw(1)[0]).toBeCloseTo(1, 6);
    expect(raw(unit)[1] / raw(1)[1]).toBeCloseTo(1, 6);
  }
});

test("what has no interval is refused in a line", () => {
  const fixed = fit(chinchilla, runs, { fixed: { E: 1.8 } });
  expect(() => fixed.interval("E")).toThrow("E is fixed, so it has no profile or interval of its own");
  for (const value of [Number.NaN, Infinity]) {
    const words = `the quantity must be finite at the estimate, got ${value}; check the function`;
    expect(() => law.interval(() => value)).toThrow(words);
    expect(() => law.profile(() => value)).toThrow(words);
  }
  const at = law.parameters.alpha;
  for (const turning of [
    (p: { alpha: number }) => Math.round(100 * p.alpha),
    (p: { alpha: number }) => (p.alpha - at) ** 2,
    (p: { alpha: number }) => Math.abs(p.alpha - at),
  ]) {
    expect(() => law.interval(turning)).toThrow(
      "has no slope at the estimate, where it changes in steps or turns",
    );
  }
  expect(() => law.interval(({ alpha }) => (alpha > at ? Number.NaN : alpha))).toThrow(
    "has no slope at the estimate: it does not exist on one side",
  );
  expect(law.interval(() => 3)).toEqual([3, 3]);
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
