import { readFileSync } from "node:fs";
import {
  brokenPowerLaw,
  chinchilla,
  exponentiatedPowerLaw,
  fit,
  huber,
  kaplanParamsSteps,
  kaplanParamsTokens,
  type Law,
  l1,
  overTraining,
  powerLaw,
  saturatingLogistic,
  squared,
} from "isoflop";
import { chinchillaFigure4, gadreTestbed } from "isoflop-datasets";
import { describe, expect, test } from "vitest";

// Written by fitOracle.py beside it: scipy's best of many starts, on the same doubles.
interface Best {
  readonly objective: number;
  readonly parameters: Readonly<Record<string, number>>;
}
const oracle: {
  readonly chinchilla: Readonly<Record<"huber" | "l1" | "squaredRaw", Best>> & {
    readonly resampledObjectives: readonly number[];
  };
  readonly gadre: Readonly<Record<string, Best & { readonly n: number }>>;
  readonly laws: Readonly<Record<string, Best & { readonly runs: readonly Record<string, number>[] }>>;
} = JSON.parse(readFileSync(new URL("fitOracle.json", import.meta.url), "utf8"));

const runs = chinchillaFigure4().filter((run) => !run.isOutlier);

/** Objectives first: never worse than scipy's, and equal to `relative`; then the parameters. */
function expectSame(ours: Best, theirs: Best, relative: number, parametersTo: number) {
  expect(ours.objective / theirs.objective - 1).toBeLessThan(1e-9);
  expect(ours.objective / theirs.objective - 1).toBeGreaterThan(-relative);
  for (const [name, value] of Object.entries(theirs.parameters)) {
    expect(
      Math.abs(ours.parameters[name]! / value - 1),
      `${name}: ${ours.parameters[name]} against ${value}`,
    ).toBeLessThan(parametersTo);
  }
}

describe("on Chinchilla's 240 runs", () => {
  test("Huber 1e-3 on the logarithms", () => {
    expectSame(fit(chinchilla, runs, { loss: huber(1e-3) }), oracle.chinchilla.huber, 1e-9, 1e-4);
  });

  test("least absolute deviations, against linear programs", () => {
    expectSame(fit(chinchilla, runs, { loss: l1() }), oracle.chinchilla.l1, 1e-6, 1e-3);
  });

  test("least squares on the loss itself", () => {
    expectSame(
      fit(chinchilla, runs, { loss: squared(), residual: "raw" }),
      oracle.chinchilla.squaredRaw,
      1e-9,
      1e-4,
    );
  });

  test("no resample of the bootstrap is worse than scipy's best by more than 1e-6", async () => {
    const { resampledObjectives } = oracle.chinchilla;
    const { objectives } = await fit(chinchilla, runs, { loss: huber(1e-3) }).bootstrap({
      resamples: resampledObjectives.length,
      seed: 42,
    });
    resampledObjectives.forEach((theirs, k) => {
      expect(objectives[k]! / theirs - 1, `resample ${k}`).toBeLessThan(1e-6);
      // And they are the same resamples, or the objectives would differ in the first digits.
      expect(objectives[k]! / theirs, `resample ${k}`).toBeCloseTo(1, 3);
    });
  });

  test("BFGS, Levenberg-Marquardt and Nelder-Mead find the same minimum", () => {
    const [bfgs, lm, simplex] = (["bfgs", "levenberg-marquardt", "nelder-mead"] as const).map((method) =>
      fit(chinchilla, runs, { loss: squared(), method }),
    );
    expect(lm!.objective / bfgs!.objective).toBeCloseTo(1, 9);
    expect(simplex!.objective / bfgs!.objective).toBeCloseTo(1, 8);
    expect(simplex!.parameters.alpha).toBeCloseTo(bfgs!.parameters.alpha, 5);
  });
});

test.each(["c4", "redpajama", "refinedweb"])(
  "the over-training law on Gadre's five runs of %s",
  (trainSet) => {
    const five = gadreTestbed()
      .filter(({ trainSet: set, nParams, tokenMultiplier: M }) => {
        return set === trainSet && ((M === 20 && nParams < 5e8) || (M === 320 && nParams < 2e7));
      })
      .map((run) => ({ ...run, flops: 6 * run.nParams ** 2 * run.tokenMultiplier }));
    expect(five).toHaveLength(oracle.gadre[trainSet]!.n);
    const found = fit(overTraining, five, { loss: squared(), residual: "raw" });
    // Five points and four parameters: the sum of squares is 1e-4 of the loss's, so its digits are fewer.
    expectSame(found, oracle.gadre[trainSet]!, 1e-6, 1e-3);
  },
);

const laws: Record<string, Law> = {
  kaplanParamsTokens,
  kaplanParamsSteps,
  brokenPowerLaw: brokenPowerLaw("flops", 1),
  powerLaw: powerLaw("flops"),
  saturatingLogistic: saturatingLogistic("flops"),
  exponentiatedPowerLaw: exponentiatedPowerLaw(),
};

test.each(Object.keys(oracle.laws))("%s on noisy runs", (name) => {
  const theirs = oracle.laws[name]!;
  expectSame(fit(laws[name]!, theirs.runs, { loss: squared() }), theirs, 1e-6, 1e-3);
});
