import { requireFraction } from "../../numerics/arguments/requireNumber.ts";

/**
 * Accuracy of the answers that a verifier lets through: c·r / (c·r + (1 − r)(1 − s)), with solve rate r,
 * completeness c and soundness s. More samples of one task type do not raise it: it is the ceiling of
 * resampling. NaN where nothing is ever accepted.
 *
 * Source: Stroebl et al. 2024, "Inference Scaling fLaws", section 3.
 *
 * @throws RangeError on a rate outside 0 to 1
 * @example
 * import { acceptedAccuracy } from "isoflop";
 * acceptedAccuracy({ solveRate: 0.5, completeness: 1, soundness: 0.75 }); // => 0.8
 */
export function acceptedAccuracy(verifier: {
  readonly solveRate: number;
  readonly completeness: number;
  readonly soundness: number;
}): number {
  const { solveRate, completeness, soundness } = verifier;
  requireFraction("solveRate", solveRate);
  requireFraction("completeness", completeness);
  requireFraction("soundness", soundness);
  const right = completeness * solveRate;
  const wrong = (1 - solveRate) * (1 - soundness);
  return right / (right + wrong);
}
