import type { FittedLaw } from "../laws/definition/Law.ts";
import { requireWhole } from "../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../numerics/arguments/requireOptions.ts";
import { chiSquaredTail } from "../numerics/distributions/incompleteGamma.ts";
import { logLikelihood, type NoiseOptions } from "./logLikelihood.ts";

/** How much less likely the restricted law makes the runs; `restricted` and `full` are the two log-likelihoods. */
export interface LikelihoodRatio {
  /** 2 (ln L_full − ln L_restricted). */
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  /** Probability of so large a ratio if the restricted law were true; trustworthy for many runs. */
  readonly pValue: number;
  readonly restricted: number;
  readonly full: number;
}

/** The noise assumed, and how many parameters tell the laws apart. */
export interface LikelihoodRatioOptions extends NoiseOptions {
  /** Parameters the full law has free and the restricted one has not. */
  readonly degreesOfFreedom: number;
}

/**
 * Likelihood-ratio test of a restricted law, or of a paper's constants, against a full fit on the same runs
 * (Wilks: 2 ln ratio is chi-squared in large samples).
 *
 * The full law must be the maximum of the same likelihood: fit it with the loss that is given here (`l1()` for
 * `huber(1e-3)`, whose scaled likelihood is Laplace's).
 *
 * Source: Besiroglu et al. 2024 (arXiv 2404.10102), section 3.
 *
 * @throws RangeError when degreesOfFreedom is not an integer >= 1, or the restricted law fits better by more than
 *   rounding, which shows that the full fit is no maximum
 * @example
 * import { chinchilla, fit, hoffmann2022, l1, likelihoodRatioTest } from "isoflop";
 * import { chinchillaFigure4 } from "isoflop-datasets";
 * const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
 * const refit = fit(chinchilla, runs, { loss: l1() });
 * likelihoodRatioTest(hoffmann2022, refit, runs, { degreesOfFreedom: 5 }).statistic; // => 84.00
 */
export function likelihoodRatioTest<V extends string, R extends string>(
  restricted: FittedLaw<V, string, R>,
  full: FittedLaw<V, string, R>,
  runs: readonly Readonly<Record<V | R, number>>[],
  options: LikelihoodRatioOptions,
): LikelihoodRatio {
  requireOptions("likelihoodRatioTest", options, ["degreesOfFreedom", "loss", "residual"]);
  const { degreesOfFreedom, ...noise } = options;
  requireWhole("degreesOfFreedom", degreesOfFreedom, 1, "give how many parameters the restricted law holds");
  const small = logLikelihood(restricted, runs, noise).logLikelihood;
  const large = logLikelihood(full, runs, noise).logLikelihood;
  const statistic = 2 * (large - small);
  if (statistic < -1e-3) {
    throw new RangeError(
      `the restricted law is likelier than the full one (ln L ${small} against ${large}): the full fit is not the ` +
        "maximum of this likelihood; fit it with the same loss",
    );
  }
  const pValue = chiSquaredTail(Math.max(statistic, 0), degreesOfFreedom);
  return { statistic, degreesOfFreedom, pValue, restricted: small, full: large };
}
