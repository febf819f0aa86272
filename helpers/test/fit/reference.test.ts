import {
  chinchilla,
  computeOptimal,
  fit,
  hoffmann2022,
  hoffmann2022Rounded,
  huber,
  l1,
  runsForWidth,
  squared,
} from "isoflop";
import { chinchillaFigure4 } from "isoflop-datasets";
import { expect, test } from "vitest";
import { expectReference } from "../training/reference.ts";

// The rows of training_reference_fits.csv that concern fits of Chinchilla's runs.
const all = chinchillaFigure4();
const runs = all.filter((run) => !run.isOutlier);
const share = ({ alpha, beta }: { alpha: number; beta: number }) => beta / (alpha + beta);
const budget = { flops: 5.88e23 };
const robust = fit(chinchilla, runs, { loss: huber(1e-3) });
const lad = fit(chinchilla, runs, { loss: l1() });

test("the Huber fit", () => {
  expectReference("chinchilla_huber_240", { ...robust.parameters, objective: robust.objective });
});

test("the least-absolute-deviations fit", () => {
  expectReference("chinchilla_lad_240", { ...lad.parameters, "a=beta/(alpha+beta)": share(lad.parameters) });
});

test("variable projection with squared loss", () => {
  const { alpha, beta, E } = fit(chinchilla, runs, { loss: squared(), residual: "raw" }).parameters;
  expectReference("chinchilla_vpnls_240_mse", { alpha, beta, E });
});

test("4,000 bootstraps, and the runs needed for an interval of a 0.001 wide", async () => {
  const replicates = await robust.bootstrap({ resamples: 4000, seed: 42 });
  const { A, B, E, alpha, beta } = replicates.standardErrors;
  const [low, high] = replicates.interval(share, 0.8);
  expectReference("chinchilla_bootstrap_4000", {
    se_A: A,
    se_B: B,
    se_E: E,
    se_alpha: alpha,
    se_beta: beta,
    se_a: replicates.standardError(share),
    a_p10: low,
    a_p90: high,
    "n_runs_needed_for_width_0.001": runsForWidth(240, high - low, 0.001),
  });
});

test("tokens per parameter at Chinchilla's budget", () => {
  expectReference("chinchilla_alloc", {
    "tokens_per_param_refit_at_5.88e23": computeOptimal(lad, budget).tokensPerParam,
    "tokens_per_param_hoffmann_tex_at_5.88e23": computeOptimal(hoffmann2022, budget).tokensPerParam,
    "tokens_per_param_hoffmann_rounded_at_5.88e23": computeOptimal(hoffmann2022Rounded, budget)
      .tokensPerParam,
  });
});

test("the five outliers change the answer", () => {
  const kept = fit(chinchilla, all, { loss: huber(1e-3) });
  expectReference("chinchilla_245_huber", { beta: kept.parameters.beta });
  expect(computeOptimal(kept, budget).tokensPerParam).toBeCloseTo(6.8, 1);
});
