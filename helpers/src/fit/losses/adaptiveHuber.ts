import { requireAbove } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { huberOf } from "./huber.ts";
import type { Loss } from "./Loss.ts";

/** How far Huber's loss follows the noise. */
export interface AdaptiveHuberOptions {
  /** delta in robust standard deviations of the residuals. Default 1.345: 95 % of the efficiency of least squares. */
  readonly sigmas?: number;
}

/**
 * Huber's loss whose delta follows the noise: `sigmas` robust standard deviations of the residuals (median of |r| over
 * 0.6745, the smallest left out, as many as the fit spends on its parameters). What a fit takes when it is told no loss.
 *
 * Least squares for noise as it usually is, and a bounded pull of runs that are far off: with Gaussian noise a fixed
 * delta far below the noise, such as 1e-3, throws away a third of what the runs say. The fit settles delta from its runs
 * and shows it (`fit.options.loss.label`); covariance, profile and bootstrap then work with that one number.
 *
 * @throws RangeError when sigmas is not a positive number.
 *
 * Source: Huber 1981, section 7.7; Holland and Welsch 1977 (1.345).
 *
 * @example
 * ```ts
 * import { adaptiveHuber, chinchilla, fit } from "isoflop";
 * import { chinchillaFigure4 } from "isoflop-datasets";
 * const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
 * fit(chinchilla, runs, { loss: adaptiveHuber() }).options.loss?.label; // => "huber(0.00656 = 1.345 sigma)"
 * ```
 */
export function adaptiveHuber(options: AdaptiveHuberOptions = {}): Loss {
  requireOptions("adaptiveHuber", options, ["sigmas"]);
  const { sigmas = 1.345 } = options;
  requireAbove("sigmas of adaptiveHuber", sigmas, 0, "1.345 is usual");
  // Three digits: what the label shows is what was used, and can be passed on as huber(0.0123).
  const settle = (sigma: number) => huberOf(Number((sigmas * sigma).toPrecision(3)), sigmas);
  return { ...settle(1), specification: { kind: "huber", sigmas }, label: `huber(${sigmas} sigma)`, settle };
}
