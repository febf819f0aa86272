import { requireFraction, requirePositive } from "../../numerics/arguments/requireNumber.ts";

/**
 * F(p, N) = N(1 − p)^(N−1) p / (1 − (1 − p)^N): how much of the cross-entropy gradient of an example
 * remains when a model is trained for pass@N, p being its probability of the right answer.
 *
 * It is 1 for N = 1 and for p → 0, and vanishes once N·p is large: training for pass@N leaves confident
 * examples alone, where cross-entropy goes on and costs coverage.
 *
 * Source: Chen et al. 2025, "Rethinking Fine-Tuning when Scaling Test-Time Compute" (direct coverage
 * optimization), eq. 7.
 *
 * @param probability p, 0 to 1
 * @param nSamples N > 0, need not be whole
 * @throws RangeError outside these domains
 * @example
 * import { overconfidenceFactor } from "isoflop";
 * overconfidenceFactor(0.01, 16).toFixed(3); // => "0.926"
 */
export function overconfidenceFactor(probability: number, nSamples: number): number {
  requireFraction("probability", probability);
  requirePositive("nSamples", nSamples, "give the samples voted over, such as 16");
  if (probability === 0 || nSamples === 1) return 1;
  if (probability === 1) return 0;
  const logMiss = Math.log1p(-probability);
  return (nSamples * probability * Math.exp((nSamples - 1) * logMiss)) / -Math.expm1(nSamples * logMiss);
}
