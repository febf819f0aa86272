import {
  allocate,
  approach2,
  chinchilla,
  chinchillaAllocation,
  fit,
  hoffmann2022,
  hoffmann2022Rounded,
  huber,
  l1,
  likelihoodRatioTest,
  logLikelihood,
  runsForWidth,
  simulateSweep,
  squared,
  withParameters,
} from "isoflop";
import { chinchillaFigure4, isoflopsPublished, trainingReferenceFits } from "isoflop-datasets";
import { beforeAll, describe, expect, test } from "vitest";

const all = chinchillaFigure4();
const runs = all.filter((run) => !run.isOutlier);
const isoflops = (experiment: string) =>
  isoflopsPublished()
    .filter((point) => point.experiment === experiment)
    .map((point) => ({ ...point, flops: point.flopsBudget }));
const sweep = (constants: { A: number; B: number; alpha: number; beta: number }) =>
  approach2(
    simulateSweep(withParameters(chinchilla, { E: 1.69, ...constants }), {
      budgets: [1e17, 1e18, 1e19, 1e20, 1e21],
      nPoints: 15,
      halfWidth: 16,
    }),
    { resamples: 0 },
  );

/** Our value for each fit of the table and each of its quantities. */
const ours: Record<string, Record<string, number>> = {};

beforeAll(async () => {
  const exponent = ({ alpha, beta }: { alpha: number; beta: number }) => beta / (alpha + beta);
  const robust = fit(chinchilla, runs, { loss: huber(1e-3) });
  ours.chinchilla_huber_240 = { ...robust.parameters, objective: robust.objective };
  const limit = fit(chinchilla, runs, { loss: l1() });
  ours.chinchilla_lad_240 = { ...limit.parameters, "a=beta/(alpha+beta)": exponent(limit.parameters) };

  const replicates = await robust.bootstrap({ resamples: 4000, seed: 42, threads: 1 });
  const a = Array.from(replicates.samples.alpha, (alpha, k) =>
    exponent({ alpha, beta: replicates.samples.beta[k]! }),
  );
  const mean = a.reduce((sum, value) => sum + value, 0) / a.length;
  const [low, high] = replicates.interval(exponent, 0.8);
  ours.chinchilla_bootstrap_4000 = {
    ...Object.fromEntries(Object.entries(replicates.standardErrors).map(([name, se]) => [`se_${name}`, se])),
    se_a: Math.sqrt(a.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (a.length - 1)),
    a_p10: low,
    a_p90: high,
    "n_runs_needed_for_width_0.001": runsForWidth(runs.length, high - low, 0.001),
  };

  ours.chinchilla_loglik_240 = {
    rounded_hoffmann: logLikelihood(hoffmann2022Rounded, runs).logLikelihood,
    tex_hoffmann: logLikelihood(hoffmann2022, runs).logLikelihood,
    refit: logLikelihood(limit, runs).logLikelihood,
    lr_statistic_tex_vs_refit: likelihoodRatioTest(hoffmann2022, limit, runs, { degreesOfFreedom: 5 })
      .statistic,
  };
  const tokensPerParam = (law: { parameters: Record<"A" | "B" | "alpha" | "beta", number> }) =>
    allocate(chinchillaAllocation(law.parameters), 5.88e23).tokensPerParam;
  ours.chinchilla_alloc = {
    "tokens_per_param_refit_at_5.88e23": tokensPerParam(limit),
    "tokens_per_param_hoffmann_tex_at_5.88e23": tokensPerParam(hoffmann2022),
    "tokens_per_param_hoffmann_rounded_at_5.88e23": tokensPerParam(hoffmann2022Rounded),
  };
  ours.chinchilla_245_huber = { beta: fit(chinchilla, all, { loss: huber(1e-3) }).parameters.beta };
  ours.chinchilla_vpnls_240_mse = {
    ...fit(chinchilla, runs, { loss: squared(), residual: "raw" }).parameters,
  };

  const { a: sizes, b: tokens } = approach2(isoflops("epochai_chinchilla__massivetext__chinchilla"), {
    resamples: 0,
  });
  ours.chinchilla_approach2_123 = { a: sizes, b: tokens };
  ours.llama3_approach2_133 = { b_tokens: approach2(isoflops("llama_3__raw_loss"), { resamples: 0 }).b };

  const surface = sweep({ A: 406.4, B: 410.7, alpha: 0.34, beta: 0.28 });
  const asymmetric = sweep({ A: 406.4, B: 410.7, alpha: 0.465, beta: 0.155 });
  ours.czech_sim = {
    b_chinchilla: surface.b,
    b0_chinchilla_pm16: Math.log10(surface.kTokens),
    b0_asym_pm16: Math.log10(asymmetric.kTokens),
  };
});

// Independent recomputations with numpy and scipy, each with the tolerance it was given there.
const rows = trainingReferenceFits().filter(({ fitId }) => /^(chinchilla|czech|llama3)_/.test(fitId));

describe("every reference fit of Chinchilla, Epoch, Llama 3 and Czech et al.", () => {
  test("is in the table", () => {
    expect(rows).toHaveLength(38);
  });

  test.each(rows)(
    "$fitId: $quantity = $reproduced ± $relativeTolerance",
    ({ fitId, quantity, reproduced, relativeTolerance }) => {
      const value = ours[fitId]?.[quantity];
      expect(value, `${fitId}, ${quantity} is not computed`).toBeDefined();
      expect(Math.abs(value! / reproduced - 1)).toBeLessThanOrEqual(relativeTolerance);
    },
  );
});
