import type { Loss } from "../losses/Loss.ts";

/**
 * A Gaussian belief about a parameter, in its own unit: with least squares and a law that is linear the estimate is the mean
 * of the posterior. It adds `dispersion (z - mean)^2 / (2 sd^2)` to the objective, which is minus the log of the prior in
 * units of the noise; a common factor of the weights or another loss does not change what it means.
 *
 * Source: Theil and Goldberger 1961 (mixed estimation).
 */
export interface Prior {
  /** On the parameter itself, or on its natural logarithm when `scale` is `log`. */
  readonly mean: number;
  readonly sd: number;
  readonly scale?: "linear" | "log";
  /**
   * What the objective rises by where the runs are e times less likely. Default: the fit settles it from the residuals
   * (twice their variance under squared loss, about once under Huber's) and keeps it in `fit.options.priors`.
   */
  readonly dispersion?: number;
}

/** How `fit` weighs residuals, which parameters it holds or bounds, and how it searches; every field may be left out. */
export interface FitOptions<P extends string = string, Run = Record<string, unknown>> {
  /** What is summed over the residuals. Default: `adaptiveHuber()`, Huber's loss with a delta that follows the noise. */
  readonly loss?: Loss;
  /** `log` (default): ln prediction - ln observation. `raw`: prediction - observation. */
  readonly residual?: "log" | "raw";
  /**
   * Weight of each run, >= 0: an array in the order of the runs, or a function of the run. Default: 1 each. Relative: a
   * common factor changes neither estimates nor intervals (scipy's `absolute_sigma=False`). For runs of known standard
   * deviations give `1 / sigma ** 2`, sigma in the unit of the residual.
   */
  readonly weights?: readonly number[] | ((run: Run, row: number) => number);
  /** Closed intervals, inside the law's domain. */
  readonly bounds?: Partial<Record<P, readonly [number, number]>>;
  /** Parameters held at a value, such as a known floor `{ E: 1.69 }`. */
  readonly fixed?: Partial<Record<P, number>>;
  /** Parameters made equal to another one, such as `{ beta: "alpha" }`. */
  readonly tied?: Partial<Record<P, P>>;
  readonly priors?: Partial<Record<P, Prior>>;
  /** Where to start instead of the search: complete parameters. */
  readonly start?: Readonly<Record<P, number>>;
  /** `auto` (default): Levenberg-Marquardt for squared loss, else BFGS. */
  readonly method?: "auto" | "bfgs" | "levenberg-marquardt" | "nelder-mead";
}

/** The names of all of them. */
export const fitOptionNames = [
  "loss",
  "residual",
  "weights",
  "bounds",
  "fixed",
  "tied",
  "priors",
  "start",
  "method",
] as const satisfies readonly (keyof FitOptions)[];

/**
 * `converged`: a minimum inside the bounds. `at-bound`: some parameter ended on its bound.
 * `not-identified`: the runs do not determine the parameters; the values shown are one choice of many.
 */
export type FitStatus = "converged" | "at-bound" | "not-identified";
