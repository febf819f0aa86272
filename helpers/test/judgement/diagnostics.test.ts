import {
  chinchilla,
  dataNotes,
  extrapolationDistance,
  fit,
  l1,
  powerLaw,
  residualDiagnostics,
  simulateSweep,
} from "isoflop";
import { chinchillaFigure4 } from "isoflop-datasets";
import { describe, expect, test } from "vitest";

const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
const run = (nParams: number, nTokens: number, loss = 3) => ({
  nParams,
  nTokens,
  flops: 6 * nParams * nTokens,
  loss,
});

describe("residual diagnostics", () => {
  test("flag a run that was tampered with, and say what row it is", () => {
    const tampered = runs.map((one, i) => (i === 100 ? { ...one, loss: one.loss * 1.3 } : one));
    const found = residualDiagnostics(fit(chinchilla, tampered));
    expect(found.outliers[0]).toBe(100);
    expect(found.notes.join()).toMatch(/rows 100, .*counted from 0/);
  });

  test("say nothing of runs that the law meets exactly, and still find the one that it does not", () => {
    const exact = runs.map(({ nParams }) => ({ nParams, loss: 1.7 + 400 / nParams ** 0.34 }));
    const law = powerLaw("nParams");
    expect(residualDiagnostics(fit(law, exact)).notes).toEqual([]);
    expect(residualDiagnostics(fit(law, exact.slice(0, 3))).outliers).toEqual([]);
    const one = exact.map((run, i) => (i === 7 ? { ...run, loss: 1.1 * run.loss } : run));
    expect(residualDiagnostics(fit(law, one, { loss: l1() })).outliers).toContain(7);
  });

  test("see a trend that the law cannot follow", () => {
    const tilted = runs.map((one) => ({ ...one, loss: one.loss * (one.nParams / 1e9) ** 0.05 }));
    const found = residualDiagnostics(
      fit(chinchilla, tilted, { fixed: { E: 1.8, alpha: 0.35, beta: 0.37 } }),
    );
    expect(Math.abs(found.trends.nParams.tStatistic)).toBeGreaterThan(3);
    expect(found.notes.join()).toMatch(/with nParams .* the law misses something/);
  });

  test("have the moments of the residuals", () => {
    const found = residualDiagnostics(fit(chinchilla, runs));
    const residuals = [...fit(chinchilla, runs).residuals()];
    const mean = residuals.reduce((sum, r) => sum + r, 0) / 240;
    expect(found.mean).toBeCloseTo(mean, 14);
    expect(found.standardDeviation).toBeCloseTo(
      Math.sqrt(residuals.reduce((sum, r) => sum + (r - mean) ** 2, 0) / 240),
      12,
    );
  });
});

describe("extrapolation distance", () => {
  const law = fit(chinchilla, runs);

  test("every run is inside its own sweep", () => {
    for (const one of runs)
      expect(extrapolationDistance(law, one)).toMatchObject({ inside: true, note: "within the runs" });
  });

  test("says by which factor a point lies beyond", () => {
    const largest = Math.max(...runs.map((one) => one.nParams));
    const found = extrapolationDistance(law, { nParams: 10 * largest, nTokens: 1e10 });
    expect(found.beyond.nParams).toBeCloseTo(10, 8);
    expect(found.beyond.nTokens).toBe(1);
    expect(found.inside).toBe(false);
    expect(found.note).toMatch(/^beyond the runs in nParams by a factor of 10:/);
  });

  test("sees a ratio nobody trained, although each variable is within its range", () => {
    const nParams = Math.max(...runs.map((one) => one.nParams));
    const nTokens = Math.min(...runs.map((one) => one.nTokens));
    const found = extrapolationDistance(law, { nParams, nTokens });
    expect(found.beyond).toEqual({ nParams: 1, nTokens: 1 });
    expect(found.inside).toBe(false);
    expect(found.note).toMatch(/no run combines them so/);
  });

  test("refuses a point the law cannot take", () => {
    expect(() => extrapolationDistance(law, { nParams: -1, nTokens: 1 })).toThrow(/nParams must be > 0/);
  });
});

describe("notes on what runs cannot carry", () => {
  const codes = (list: Parameters<typeof dataNotes>[0]) => dataNotes(list).map((note) => note.code);
  const truth = {
    predict: ({ nParams, nTokens }: { nParams: number; nTokens: number }) =>
      1.7 + 400 / nParams ** 0.34 + 410 / nTokens ** 0.28,
  };
  const sweep = simulateSweep(truth, { budgets: [1e18, 1e19, 1e20], nPoints: 7, halfWidth: 4 });

  test("a sound sweep has none", () => {
    expect(dataNotes(sweep)).toEqual([]);
  });

  test("fewer runs than parameters", () => {
    expect(codes(sweep.slice(5, 10))).toContain("too-few-runs");
  });

  test("one budget only", () => {
    expect(codes(sweep.slice(0, 7))).toContain("one-budget");
  });

  test("N and D that move together", () => {
    expect(codes([1, 3, 10, 30, 100, 300].map((k) => run(1e7 * k, 2e8 * k)))).toEqual(["collinear"]);
  });

  test("a variable that never varies", () => {
    const [note] = dataNotes([1, 3, 10, 30, 100, 300].map((k) => run(1e9, 1e9 * k)));
    expect(note).toMatchObject({
      code: "constant",
      text: expect.stringMatching(/^nParams is the same in every run/),
    });
  });

  test("a narrow range", () => {
    const list = [1, 1.5, 2, 2.5, 3, 4].map((k, i) => run(1e9 * k, 1e10 * 10 ** ((i * 7) % 5)));
    expect(codes(list)).toEqual(["narrow-range"]);
  });

  test("runs that repeat each other", () => {
    expect(codes([...sweep, sweep[0]!, sweep[1]!])).toEqual(["duplicates"]);
  });

  test("budgets without an interior minimum", () => {
    const small = sweep.map((one) => ({ ...one, nParams: one.nParams / 100, nTokens: one.nTokens * 100 }));
    const oneSided = small.map((one) => ({ ...one, loss: truth.predict(one) }));
    const [note] = dataNotes(oneSided);
    expect(note).toMatchObject({
      code: "no-interior-minimum",
      text: expect.stringMatching(/^3 of 3 budgets \(1e18, 1e19, 1e20 FLOPs\)/),
    });
  });

  test("compute that is not 6 N D", () => {
    expect(codes(sweep.map((one) => ({ ...one, flops: one.flops / 6 })))).toEqual(["flops-mismatch"]);
  });
});
