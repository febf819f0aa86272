import { requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { findRoot } from "../../numerics/findRoot.ts";
import { compressionCoefficients, compressionCurve } from "./compressionCurve.ts";

/**
 * The vocabulary at which training FLOPs for a fixed text are least (approach 2): the root of
 * dC/dV = 6 H [(Nnv + V d) f'(V) + f(V) d]. Larger vocabularies shorten the text, and cost embedding.
 *
 * Source: Tao et al. 2024 (arXiv:2407.13623), approach 2.
 *
 * @param nParamsNonVocab Nnv, parameters outside the embedding
 * @param dModel d, width of the embedding
 * @returns V, not rounded
 * @throws RangeError when an argument is not > 0, or the least lies below 256 entries
 *
 * @example
 * import { vocabularyByDerivative } from "isoflop";
 * vocabularyByDerivative(2.87e9, 3200); // => 6.593e4
 */
export function vocabularyByDerivative(nParamsNonVocab: number, dModel: number): number {
  requirePositive("nParams", nParamsNonVocab, "give a count, such as 7e9");
  requirePositive("dModel", dModel, "give the width of the embedding, such as 4096");
  const { a, b } = compressionCoefficients;
  const slope = (logV: number) => {
    const V = Math.exp(logV);
    return ((nParamsNonVocab + V * dModel) * (2 * a * logV + b)) / V + compressionCurve(V) * dModel;
  };
  const least = Math.log(256);
  if (slope(least) > 0) {
    throw new RangeError(
      `nParams ${nParamsNonVocab} with dModel ${dModel} would want fewer than 256 entries; use a byte vocabulary`,
    );
  }
  // At the minimum of f the first term vanishes and the second is > 0, so the root lies below it.
  return Math.exp(findRoot(slope, least, -b / (2 * a)));
}
