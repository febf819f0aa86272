import fc from "fast-check";
import * as isoflop from "isoflop";
import {
  bootstrapHyperparameters,
  deepseekFlops,
  deepseekHyperparameters,
  evaluatePowerLaw,
  excessLoss,
  fitHyperparameters,
  hyperparameterGrids,
  optimalHyperparameters,
  powerSchedulerRatio,
  stepLaw,
} from "isoflop";
import { stepLawBootstrap, stepLawDense, stepLawMoe } from "isoflop-datasets";
import { expect, test } from "vitest";
import { expectReference } from "./reference.ts";

const grids = hyperparameterGrids(stepLawDense());
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

test("the published bootstrap averages to Step Law's constants", () => {
  const rows = stepLawBootstrap();
  expectReference("steplaw_published_bootstrap_mean", {
    lr_coef: Math.exp(mean(rows.map((row) => row.lnLearningRateCoefficient))),
    lr_exp_n: mean(rows.map((row) => row.learningRateExponentN)),
    lr_exp_d: mean(rows.map((row) => row.learningRateExponentD)),
    batch_coef: Math.exp(mean(rows.map((row) => row.lnBatchCoefficient))),
    batch_exp_d: mean(rows.map((row) => row.batchExponentD)),
  });
});

test("the released grid gives other constants by the same procedure", () => {
  const { learningRate, batchTokens, points } = fitHyperparameters(grids);
  expect(points).toBe(129);
  expectReference("steplaw_refit_released_csv_0.25pct", {
    lr_coef: learningRate.coefficient,
    lr_exp_n: learningRate.exponentN,
    lr_exp_d: learningRate.exponentD,
    batch_coef: batchTokens.coefficient,
    batch_exp_d: batchTokens.exponentD,
  });
});

test("the best run of each grid alone gives a third set, and batch size that falls with N", () => {
  const { learningRate, batchTokens } = fitHyperparameters(grids, { threshold: 0 });
  expectReference("steplaw_refit_argmin", {
    lr_exp_n: learningRate.exponentN,
    lr_exp_d: learningRate.exponentD,
    batch_exp_d: batchTokens.exponentD,
  });
  const both = fitHyperparameters(grids, { threshold: 0, batchByParams: true });
  expect(both.batchTokens.exponentN).toBeCloseTo(-0.355, 3);
  expect(both.batchFit.standardErrors[1]).toBeCloseTo(0.115, 3);
  expect(both.batchFit.r2).toBeCloseTo(0.84, 2);
});

test("Step Law gives away a tenth of a percent of loss on the grids, DeepSeek's law .85 %", () => {
  const step = excessLoss(grids, (run) =>
    stepLaw({ nParams: run.nParamsNonEmbedding, nTokens: run.nTokens }),
  );
  const deepseek = excessLoss(grids, (run) => deepseekHyperparameters({ flops: deepseekFlops(run) }));
  const sorted = [...step].sort((p, q) => p - q);
  expectReference("steplaw_regret", {
    mean_excess_loss_pct_steplaw_nearest_grid: 100 * mean(step),
    median_excess_loss_pct_steplaw: 100 * sorted[8]!,
    mean_excess_loss_pct_deepseek: 100 * mean(deepseek),
  });
});

test("on mixtures of experts Step Law holds for all parameters, not for the active ones", () => {
  const moe = hyperparameterGrids(stepLawMoe(), (run) => run.moeConfig);
  expect(moe).toHaveLength(16);
  const excess = (count: "nParamsNonEmbedding" | "nParamsActive") =>
    mean(excessLoss(moe, (run) => stepLaw({ nParams: run[count], nTokens: run.nTokens })));
  expect(100 * excess("nParamsNonEmbedding")).toBeCloseTo(0.159, 3);
  expect(100 * excess("nParamsActive")).toBeCloseTo(1.001, 3);
});

test("power scheduler's example of 10T tokens at batch 1024 comes out", () => {
  const rate = 1024 * evaluatePowerLaw(powerSchedulerRatio, { nTokens: 10e12 });
  expectReference("power_eq5", { "eta_opt(T=10e12,B=1024)": rate });
});

test("six laws answer side by side, and say how far outside their data they are asked", () => {
  const advice = optimalHyperparameters({ nParams: 70e9, nTokens: 1.4e12 });
  expect(advice.map((row) => row.law)).toEqual([
    "Step Law",
    "DeepSeek",
    "Kaplan",
    "MiniCPM",
    "Power scheduler",
    "Porian",
  ]);
  const own = { learningRate: 1e-3, nParams: 7e9, nTokens: 1.4e11 };
  const bjorck = optimalHyperparameters({ nParams: 70e9, nTokens: 1.4e12, reference: own }).at(-1)!;
  expect(bjorck.learningRate).toBeCloseTo(1e-3 * 10 ** -0.55, 9);
  expect(advice[0]!.notes).toContain("nParams 70B is 70 times above the fitted range 60M to 1B");
  expect(advice[0]!.notes).toContain("nTokens 1.4T is 14 times above the fitted range 2B to 100B");
  expect(() => optimalHyperparameters({ nParams: 0, nTokens: 1e9 })).toThrow(
    "nParams must be a number > 0, got 0",
  );
  expect(() => optimalHyperparameters({ nParams: 1e9, nTokens: -1 })).toThrow(
    "nTokens must be a number > 0, got -1",
  );
});

test("Step Law's rate falls with N and rises with D; its batch knows D only", () => {
  const size = fc.double({ min: 1e7, max: 1e12, noNaN: true });
  fc.assert(
    fc.property(size, size, fc.double({ min: 1.01, max: 10, noNaN: true }), (nParams, nTokens, factor) => {
      const here = stepLaw({ nParams, nTokens });
      const larger = stepLaw({ nParams: nParams * factor, nTokens });
      const longer = stepLaw({ nParams, nTokens: nTokens * factor });
      expect(larger.learningRate).toBeLessThan(here.learningRate);
      expect(longer.learningRate).toBeGreaterThan(here.learningRate);
      expect(larger.batchTokens).toBe(here.batchTokens);
      expect(longer.batchTokens).toBeGreaterThan(here.batchTokens);
    }),
    { seed: 5 },
  );
});

test("every object of published constants carries source and units", () => {
  const isConstants = (value: unknown): value is { source: unknown; units?: unknown; law?: unknown } =>
    typeof value === "object" && value !== null && "source" in value;
  const constants = Object.entries(isoflop).filter(
    ([, value]) => isConstants(value) && !("evaluate" in value),
  );
  expect(constants.length).toBeGreaterThan(12);
  for (const [name, value] of constants) {
    const { source, units, law } = value as unknown as {
      source: unknown;
      units?: Record<string, string>;
      law?: isoflop.Law;
    };
    expect(source, name).toMatch(/\d{4}/);
    // A law with constants has its units in the law's own declaration.
    const given = units ?? Object.fromEntries((law?.parameters ?? []).map((p) => [p.name, p.unit]));
    expect(Object.values(given).length, name).toBeGreaterThan(0);
    for (const unit of Object.values(given)) expect(unit.length, name).toBeGreaterThan(0);
  }
});

test("runs, shapes and draws that are none are refused with name, value and place", () => {
  const [first, ...rest] = stepLawDense();
  expect(() => hyperparameterGrids([...rest, { ...first!, loss: Number.NaN }])).toThrow(
    `loss must be a finite number > 0, got NaN in row ${rest.length}`,
  );
  expect(() => deepseekFlops({ dModel: 2048, dFf: -1, nLayers: 16, nTokens: 1e9 })).toThrow("dFf must be");
  expect(() => excessLoss(grids, () => ({ learningRate: 0, batchTokens: 1e6 }))).toThrow(
    "learningRate must be",
  );
  expect(() => bootstrapHyperparameters(grids, { draw: "grid" as "grids" })).toThrow("draw must be");
  expect(() => bootstrapHyperparameters(grids, { resamples: 0 })).toThrow("resamples must be");
});
