import { requireWhole, requireWholeBetween } from "../../numerics/arguments/requireNumber.ts";

/**
 * Unbiased estimate of pass@k, the chance that at least one of k samples is right, from n samples of
 * which c were right: 1 − C(n − c, k) / C(n, k).
 *
 * The ratio is a product of min(c, k) factors, (n − k − i)/(n − i) over i < c or (n − c − i)/(n − i) over
 * i < k, summed as log1p and returned by expm1, so that neither large binomials nor a nearly certain
 * failure lose digits (n = 10,000 agrees with exact integers to 1e-12).
 *
 * Source: Chen et al. 2021, "Evaluating Large Language Models Trained on Code", eq. 1; used by Brown et
 * al. 2024, section 2.
 *
 * @param nSamples n, samples drawn
 * @param nCorrect c, samples that were right, 0 to n
 * @param k samples allowed, 1 to n
 * @throws RangeError outside these domains
 * @example
 * import { passAtK } from "isoflop";
 * passAtK(4, 1, 2); // => 0.5
 */
export function passAtK(nSamples: number, nCorrect: number, k: number): number {
  requireWhole("nSamples", nSamples, 1, "give the samples drawn");
  requireWholeBetween("nCorrect", nCorrect, 0, nSamples, "give how many of the samples are right");
  requireWholeBetween("k", k, 1, nSamples, "draw more samples or ask for fewer");
  if (nCorrect === 0) return 0;
  if (nSamples - nCorrect < k) return 1;
  // Both products are the same ratio of factorials; the shorter one is cheaper and rounds less.
  const factors = Math.min(nCorrect, k);
  const removed = Math.max(nCorrect, k);
  let logFailure = 0;
  for (let i = 0; i < factors; i++) logFailure += Math.log1p(-removed / (nSamples - i));
  return -Math.expm1(logFailure);
}
