import type { DiscoverData } from "../fit/DiscoverData.ts";
import type { CandidateFit } from "../fit/fitCandidate.ts";
import { openAt } from "../fit/predictionVariance.ts";
import type { Points } from "../grammar/evaluateTerm.ts";
import { innerProducts } from "./innerProducts.ts";

/**
 * The covariance of a law's values at points of one group, in units of the variance of a residual of weight 1; point i and
 * j stand at i n + j. Its diagonal is `predictionVariance`.
 *
 * @param data the rows that the law was fitted to
 */
export function covarianceAt(
  fit: CandidateFit,
  data: DiscoverData,
  points: Points,
  group: number,
  decreasing: ReadonlySet<number>,
): Float64Array {
  return innerProducts(openAt(fit, data, points, () => group, decreasing).map((own) => own!));
}
