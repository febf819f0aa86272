import { requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { findRoot } from "../../numerics/findRoot.ts";
import { fewestBits } from "./effectiveParamsPrecision.ts";
import { kumar2024, type PrecisionPart, requirePart } from "./precisionConstants.ts";

/**
 * The precision that makes most of a training budget when size, tokens and bits are free and a token costs in proportion
 * to N times P: it maximises `prod_x (1 - exp(n_x - P / gamma_x)) / P`.
 *
 * For any exponents of size and data the best loss depends on N_eff times D alone, so the best precision depends neither on
 * them nor on the budget. For one gamma without offsets, in k parts, it is gamma x with `k x = e^x - 1`: 1.904 gamma for
 * three. It rests on the offsets: with them Kumar's constants give 7 bits, without them half of that.
 *
 * @param parts what is trained at this precision; by default weights, activations and KV cache with Kumar's constants
 * @returns bits, not rounded
 * @throws RangeError when there is no part, or a gamma is not > 0
 *
 * Source: Kumar et al. 2024 (arXiv 2411.04330), section 4.3.2; the condition is derived, as eq. 7 and eq. 28 differ.
 *
 * @example
 * import { kumar2024, optimalPrecision } from "isoflop";
 * optimalPrecision(); // => 7.002
 * const { weights, activations, kvCache } = kumar2024;
 * optimalPrecision([weights, activations, kvCache].map(({ gamma }) => ({ gamma, offset: 0 }))); // => 3.469
 */
export function optimalPrecision(
  parts: readonly PrecisionPart[] = [kumar2024.weights, kumar2024.activations, kumar2024.kvCache],
): number {
  requirePositive("the number of parts", parts?.length, "give the parts that are trained in few bits");
  parts.forEach((part, i) => {
    requirePart(`part ${i}`, part);
  });
  // d ln(share) / d ln(P) falls through 1: far below the optimum it is infinite, far above it is 0.
  const slope = (bits: number) =>
    parts.reduce((sum, { gamma, offset }) => {
      const lost = Math.exp(offset - bits / gamma);
      return sum + ((bits / gamma) * lost) / (1 - lost);
    }, 0);
  const least = fewestBits(parts);
  const widest = Math.max(...parts.map(({ gamma }) => gamma));
  return findRoot((bits) => 1 - slope(bits), least * (1 + 1e-12) + 1e-9, least + 60 * widest);
}
