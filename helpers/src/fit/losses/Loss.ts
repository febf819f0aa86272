/** A loss as plain numbers, for JSON and for other threads. */
export interface LossSpecification {
  readonly kind: "squared" | "l1" | "huber" | "logCosh" | "asymmetric";
  readonly scale?: number;
  /** Where the scale followed the noise: how many robust standard deviations of the residuals it is. */
  readonly sigmas?: number;
  readonly over?: number;
  readonly base?: LossSpecification;
}

/**
 * What a fit minimises: `sum_i w_i rho(r_i)` over residuals r (prediction minus observation, of the logarithms
 * unless the fit is told otherwise). Always the sum, never the mean: with the mean, optimisers stop early.
 */
export interface Loss {
  readonly specification: LossSpecification;
  /** A short text such as `huber(0.001)`. */
  readonly label: string;
  /** Returns `sum w rho(r)` over the first n rows and writes `w rho'(r)` to `influence`. */
  sum(r: Float64Array, w: Float64Array, n: number, influence: Float64Array): number;
  /** Smooth losses to minimise one after the other before this one, for a typical |r| of `spread`. */
  annealing?(spread: number): Loss[];
  /** Of such a stage: what it is multiplied by beside the loss that it leads to, so that priors count alike in both. */
  readonly share?: number;
  /**
   * Of a loss whose scale follows the noise: the loss of the scale that fits residuals of robust standard deviation
   * `sigma`. A fit settles it, so that all that follows works with one loss.
   */
  settle?(sigma: number): Loss;
}
