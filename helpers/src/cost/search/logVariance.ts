import type { StepEstimator } from "./StepEstimator.ts";

/**
 * Variance of the logarithm of a layout's time, or of the ratio of two: Δᵀ Σ Δ and what is each layout's own, with Δ the
 * shares of the parts, or their difference. To first order in the constants.
 */
export function logVariance(
  { logCovariance, ownDeviation }: StepEstimator,
  shares: ArrayLike<number>,
  other?: ArrayLike<number>,
): number {
  const n = shares.length;
  let variance = (other ? 2 : 1) * ownDeviation ** 2;
  for (let i = 0; i < n; i++) {
    const a = shares[i]! - (other?.[i] ?? 0);
    if (a === 0) continue;
    for (let j = 0; j < n; j++) variance += a * (shares[j]! - (other?.[j] ?? 0)) * logCovariance[i * n + j]!;
  }
  return Math.max(0, variance);
}
