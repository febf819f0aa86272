import { chinchilla, fit, fittedRuns, lawIntervals } from "isoflop";
import { chinchillaFigure4 } from "isoflop-datasets";
import { expect, test } from "vitest";

const runs = chinchillaFigure4().filter((run) => !run.isOutlier);

test("each run has its point, its residual and an interval around the law's value", () => {
  const law = fit(chinchilla, runs, { weights: (_, row) => 1 + (row % 2) });
  const records = fittedRuns(law, { level: 0.9 });
  expect(records).toHaveLength(runs.length);
  for (const [k, { point, observed, fitted, residual, weight, interval }] of records.entries()) {
    expect(point.nParams).toBeCloseTo(runs[k]!.nParams, -3);
    expect(observed).toBe(runs[k]!.loss);
    expect(residual).toBeCloseTo(Math.log(fitted / observed), 12);
    expect(weight).toBe(1 + (k % 2));
    expect(interval![0]).toBeLessThan(fitted);
    expect(interval![1]).toBeGreaterThan(fitted);
  }
  const wider = fittedRuns(law, { level: 0.99 })[0]!.interval!;
  expect(wider[1] - wider[0]).toBeGreaterThan(records[0]!.interval![1] - records[0]!.interval![0]);
});

test("what is not identified has no intervals", () => {
  expect(fittedRuns(fit(chinchilla, runs.slice(0, 4))).every((run) => run.interval === undefined)).toBe(true);
});

test("a level that is none is refused", () => {
  expect(() => fittedRuns(fit(chinchilla, runs), { level: 95 })).toThrow(
    "level must be between 0 and 1, got 95",
  );
  expect(() => fittedRuns(fit(chinchilla, runs), { levle: 0.9 } as object)).toThrow("did you mean level?");
});

test.each([
  ["log", {}],
  ["raw", { residual: "raw" as const }],
  ["with a parameter held", { fixed: { E: 1.7 } }],
  ["with two tied", { tied: { beta: "alpha" as const } }],
])("intervals at many points are those at one: %s", (_, options) => {
  const law = fit(chinchilla, runs, options);
  for (const point of [
    { nParams: 7e9, nTokens: 1.4e12 },
    { nParams: 1e8, nTokens: 1e9 },
  ]) {
    const { law: own, run } = lawIntervals(law, 0.9)!(point);
    const one = law.predictionInterval(point, { level: 0.9 });
    const next = law.predictionInterval(point, { level: 0.9, kind: "new-run" });
    for (const [k, end] of [...own, ...run].entries()) {
      expect(Math.abs(end / [...one, ...next][k]! - 1)).toBeLessThan(1e-6);
    }
  }
});
