import { defaultLoss } from "../fit/losses/defaultLoss.ts";
import type { Loss } from "../fit/losses/Loss.ts";
import { lawResiduals } from "../fit/objective/lawResiduals.ts";
import { readRuns } from "../fit/objective/readRuns.ts";
import type { FittedLaw, Law } from "../laws/definition/Law.ts";
import { parameterArray } from "../laws/definition/predict.ts";
import { requireOptions } from "../numerics/arguments/requireOptions.ts";
import { type ResidualLikelihood, residualLikelihood } from "./residualLikelihood.ts";

/** Which noise a likelihood assumes. */
export interface NoiseOptions {
  /** The loss whose noise is assumed (default defaultLoss). */
  readonly loss?: Loss;
  /** Whether the noise is on ln response (default) or on the response itself. */
  readonly residual?: "log" | "raw";
}

/**
 * Log-likelihood of runs under a law with given parameters, the noise's scale σ at its best:
 * max over σ of Σ [−ρ(r/σ) − ln σ − ln Z], r the residuals of the logarithms, Z = ∫ exp(−ρ).
 *
 * A squared loss stands for Gaussian noise, `l1()` for Laplace's; `defaultLoss` on r/σ is the scaled-Huber
 * likelihood of Besiroglu et al. 2024, which for so small a delta is Laplace's to six digits.
 *
 * @param fitted a fit, or constants from a paper
 * @param runs records with the law's variables and response
 * @throws RangeError when a run is not usable by the law
 * @example
 * import { hoffmann2022, logLikelihood } from "isoflop";
 * import { chinchillaFigure4 } from "isoflop-datasets";
 * const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
 * logLikelihood(hoffmann2022, runs).logLikelihood; // => 837.78
 */
export function logLikelihood<V extends string, R extends string>(
  fitted: FittedLaw<V, string, R>,
  runs: readonly Readonly<Record<V | R, number>>[],
  options: NoiseOptions = {},
): ResidualLikelihood {
  requireOptions("logLikelihood", options, ["loss", "residual"]);
  const { loss = defaultLoss, residual = "log" } = options;
  const law = fitted.law as Law;
  const table = readRuns(law, runs, residual);
  const theta = parameterArray(law, fitted.parameters);
  return residualLikelihood(lawResiduals(law, theta, table, residual), table.w, loss);
}
