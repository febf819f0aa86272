import type { Fit } from "../fit/FitResult.ts";
import { defaultLoss } from "../fit/losses/defaultLoss.ts";
import { sum } from "../numerics/sum.ts";
import { residualLikelihood } from "./residualLikelihood.ts";

/** The likelihood of a fit, less the price of its parameters. */
export interface InformationCriteria {
  readonly logLikelihood: number;
  /** Free parameters of the law, and one for the noise's scale. */
  readonly k: number;
  /** Observations: the sum of the weights. */
  readonly n: number;
  /** 2k − 2 ln L */
  readonly aic: number;
  /** AIC + 2k(k+1)/(n−k−1), for n below about 40 k; Infinity when n ≤ k + 1. */
  readonly aicc: number;
  /** k ln n − 2 ln L */
  readonly bic: number;
}

/**
 * Akaike's and Schwarz's criteria of a fit, under the noise its loss stands for (see `logLikelihood`). Smaller is
 * better; only differences between fits to the same runs, with the same loss and kind of residual, mean anything.
 *
 * @example
 * import { chinchilla, fit, informationCriteria, squared } from "isoflop";
 * import { chinchillaFigure4 } from "isoflop-datasets";
 * const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
 * const free = informationCriteria(fit(chinchilla, runs, { loss: squared() }));
 * const equal = informationCriteria(fit(chinchilla, runs, { loss: squared(), tied: { beta: "alpha" } }));
 * free.aic < equal.aic; // => true
 */
export function informationCriteria(fit: Fit): InformationCriteria {
  const loss = fit.options.loss ?? defaultLoss;
  const { logLikelihood } = residualLikelihood(fit.residuals(), fit.table.w, loss);
  // Weights are counts of evidence: the rows of one run that share a weight of 1 are one observation.
  const n = sum(fit.table.w);
  const k = fit.freeParameters + 1;
  const aic = 2 * k - 2 * logLikelihood;
  const aicc = n > k + 1 ? aic + (2 * k * (k + 1)) / (n - k - 1) : Number.POSITIVE_INFINITY;
  return { logLikelihood, k, n, aic, aicc, bic: k * Math.log(n) - 2 * logLikelihood };
}
