import {
  chinchilla,
  chinchillaFigure4Fit,
  drawLaws,
  fit,
  muennighoffRefit,
  percentileInterval,
} from "isoflop";
import { chinchillaFigure4, clarkRoutedFinal, muennighoffRuns } from "isoflop-datasets";
import { expect, test } from "vitest";
import { chinchillaFigure4Record } from "../../src/plan/publicFits/chinchillaFigure4Record.ts";
import { expertsSource } from "../../src/plan/terms/expertsSource.ts";
import { repetitionSource } from "../../src/plan/terms/repetitionSource.ts";

const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
const law = fit(chinchilla, runs);

test("the fit that plans rest on is what fitting the public runs gives: constants, covariance, noise and range", () => {
  const { parameters, covariance, freedom, noise, fitted, n } = chinchillaFigure4Record;
  const names = Object.keys(parameters) as (keyof typeof parameters)[];
  for (const name of names) expect(parameters[name] / law.parameters[name]).toBeCloseTo(1, 7);
  const found = law.covariance();
  const scale = (k: number) => Math.sqrt(found.ofCoordinates[k * names.length + k]!);
  for (const [a, row] of covariance.entries()) {
    for (const [b, entry] of row.entries()) {
      const error = entry - found.ofCoordinates[a * names.length + b]!;
      expect(Math.abs(error) / scale(a) / scale(b)).toBeLessThan(1e-6);
    }
  }
  expect({ freedom, n }).toEqual({ freedom: found.freedom, n: law.n });
  const squares = law.residuals().reduce((sum, residual) => sum + residual ** 2, 0);
  expect(noise / Math.sqrt(squares / freedom)).toBeCloseTo(1, 7);
  const range = (name: "nParams" | "nTokens") => {
    const values = runs.map((run) => run[name]);
    return [Math.min(...values), Math.max(...values)] as const;
  };
  for (const name of ["nParams", "nTokens"] as const) {
    for (const end of [0, 1] as const) expect(fitted[name][end] / range(name)[end]).toBeCloseTo(1, 6);
  }
});

test("its draws have the fit's means, standard errors and correlation", () => {
  const draws = drawLaws(chinchillaFigure4Fit, { draws: 20_000, seed: 3 }).map((one) => one.parameters);
  const moments = (of: (p: (typeof draws)[number]) => number) => {
    const values = draws.map(of);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    return { mean, sd, values };
  };
  const covariance = law.covariance();
  const alpha = moments((p) => p.alpha);
  expect(alpha.mean).toBeCloseTo(law.parameters.alpha, 3);
  expect(alpha.sd / covariance.standardErrors.alpha).toBeCloseTo(1, 1);
  const logA = moments((p) => Math.log(p.A));
  expect((logA.sd * law.parameters.A) / covariance.standardErrors.A).toBeCloseTo(1, 1);
  const product =
    alpha.values.reduce((sum, value, k) => sum + (value - alpha.mean) * (logA.values[k]! - logA.mean), 0) /
    draws.length;
  expect(product / alpha.sd / logA.sd).toBeCloseTo(covariance.correlation("A", "alpha"), 2);
});

test("draws of a fit give the interval that the delta method gives", () => {
  const quantity = ({ alpha, beta }: Readonly<Record<string, number>>) => beta! / (alpha! + beta!);
  const [low, high] = percentileInterval(
    drawLaws(law, { draws: 4000 }).map(({ parameters }) => quantity(parameters)),
  );
  const [deltaLow, deltaHigh] = law.interval(quantity);
  expect(low).toBeCloseTo(deltaLow, 2);
  expect(high).toBeCloseTo(deltaHigh, 2);
});

test("draws are the same for the same seed, and refused where there is no covariance", () => {
  const first = drawLaws(chinchillaFigure4Fit, { draws: 3 }).map((one) => one.parameters);
  expect(drawLaws(chinchillaFigure4Fit, { draws: 3 }).map((one) => one.parameters)).toEqual(first);
  expect(() => drawLaws(muennighoffRefit)).toThrow("dataConstrained comes without a covariance");
  expect(() => drawLaws(law, { draws: 0 })).toThrow("draws must be a whole number >= 1, got 0");
});

test("the ranges that repetition and experts are said to be fitted on are those of their runs", () => {
  const range = (values: readonly number[]) => [Math.min(...values), Math.max(...values)];
  const repeated = muennighoffRuns();
  const { fitted, runs: count } = repetitionSource();
  expect(count).toBe(repeated.length);
  expect(fitted).toEqual({
    nParams: range(repeated.map((run) => run.nParams)),
    nTokens: range(repeated.map((run) => run.nTokens)),
    uniqueTokens: range(repeated.map((run) => run.uniqueTokens)),
    epochs: range(repeated.map((run) => run.nTokens / run.uniqueTokens)),
  });
  const largest = Math.max(...clarkRoutedFinal().map((run) => run.experts));
  const experts = expertsSource();
  expect(experts.fitted.experts).toEqual([1, largest]);
  // What the refits rest on: one router, one expert a token in every other layer, and the dense runs.
  const routed = clarkRoutedFinal().filter(
    ({ router, topK, routedShare, seed }) =>
      topK === 1 && routedShare === 0.5 && seed === 42 && (router === "S-Base" || router === "Dense"),
  );
  expect(experts.runs).toBe(routed.length);
});
