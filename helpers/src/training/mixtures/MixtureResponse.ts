/** The run that a mixture is for. A response reads what its law needs of it. */
export interface MixtureRun {
  readonly nParams?: number;
  /** Tokens seen in training, repeated ones included. */
  readonly nTokens?: number;
}

/**
 * What a mixture of training data does to one or more losses: the common form of every mixing law, and of any function of
 * your own.
 *
 * @example
 * import { type MixtureResponse, optimalMixture } from "isoflop";
 * // Loss on one test set that falls with the square root of either share.
 * const response: MixtureResponse = {
 *   sources: ["web", "code"],
 *   losses: ([web, code]) => 3 - Math.sqrt(web!) - 0.5 * Math.sqrt(code!),
 * };
 * optimalMixture(response).shares; // => { web: 0.8, code: 0.2 }
 */
export interface MixtureResponse<Source extends string = string, Target extends string = string> {
  /** The sources that are mixed. */
  readonly sources: readonly Source[];
  /** What the losses are measured on, such as validation sets. Default: one, called `loss`. */
  readonly targets?: readonly Target[];
  /**
   * The loss on each target (a number where there is one target) at shares that sum to 1, in the order of `sources`. The
   * arrays are used again after the call: copy what is to be kept.
   */
  losses(shares: Readonly<Float64Array>, run: MixtureRun): number | ArrayLike<number>;
}
