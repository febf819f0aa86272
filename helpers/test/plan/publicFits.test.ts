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
import { expertsSource } from "../../src/plan/terms/expertsSource.ts";
import { repetitionSource } from "../../src/plan/terms/repetitionSource.ts";

const law = fit(
  chinchilla,
  chinchillaFigure4().filter((run) => !run.isOutlier),
);

test("the fit that plans rest on is what fitting the public runs gives", () => {
  for (const [name, value] of Object.entries(law.parameters)) {
    expect(chinchillaFigure4Fit.parameters[name as "E"] / value).toBeCloseTo(1, 6);
  }
  expect(chinchillaFigure4Fit.posterior.n).toBe(law.n);
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
  const { fitted, runs } = repetitionSource();
  expect(runs).toBe(repeated.length);
  expect(fitted).toEqual({
    nParams: range(repeated.map((run) => run.nParams)),
    nTokens: range(repeated.map((run) => run.nTokens)),
    uniqueTokens: range(repeated.map((run) => run.uniqueTokens)),
    epochs: range(repeated.map((run) => run.nTokens / run.uniqueTokens)),
  });
  const largest = Math.max(...clarkRoutedFinal().map((run) => run.experts));
  expect(expertsSource().fitted.experts).toEqual([1, largest]);
});
