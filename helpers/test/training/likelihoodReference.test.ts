import {
  chinchilla,
  fit,
  hoffmann2022,
  hoffmann2022Rounded,
  l1,
  likelihoodRatioTest,
  logLikelihood,
} from "isoflop";
import { chinchillaFigure4 } from "isoflop-datasets";
import { test } from "vitest";
import { expectReference } from "./reference.ts";

test("the likelihoods of Hoffmann's constants and of the refit are those of the Python recomputation", () => {
  const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
  const refit = fit(chinchilla, runs, { loss: l1() });
  expectReference("chinchilla_loglik_240", {
    rounded_hoffmann: logLikelihood(hoffmann2022Rounded, runs).logLikelihood,
    tex_hoffmann: logLikelihood(hoffmann2022, runs).logLikelihood,
    refit: logLikelihood(refit, runs).logLikelihood,
    lr_statistic_tex_vs_refit: likelihoodRatioTest(hoffmann2022, refit, runs, { degreesOfFreedom: 5 })
      .statistic,
  });
});
