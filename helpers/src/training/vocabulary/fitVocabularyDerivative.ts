import { fit } from "../../fit/fit.ts";
import { huber } from "../../fit/losses/huber.ts";
import { multiplicativePowerLaw } from "../../laws/power/multiplicativePowerLaw.ts";
import { embeddingWidth } from "./embeddingWidth.ts";
import type { VocabularyDerivative } from "./VocabularyApproach.ts";
import { vocabularyByDerivative } from "./vocabularyByDerivative.ts";

/**
 * Approach 2 of Tao et al. 2024: the exponent gamma of Nv = Nv0 (Nnv / Nnv0)^gamma, from the vocabulary that
 * `vocabularyByDerivative` gives for each model size, relative to the first, by Huber 1e-3 in logarithms through the
 * first point. The anchor is data: the measured best vocabulary of the smallest family.
 *
 * @param sizes Nnv of the model family, smallest first
 * @param anchor measured optimum of a small model
 * @throws RangeError when a size is not > 0 or above the published table of widths
 *
 * @example
 * import { fitVocabularyDerivative, vocabularyApproach2 } from "isoflop";
 * const sizes = [33e6, 85e6, 151e6, 302e6, 631e6, 1130e6, 2870e6];
 * fitVocabularyDerivative(sizes, vocabularyApproach2.anchor).gamma; // => 0.8354
 */
export function fitVocabularyDerivative(
  sizes: readonly number[],
  anchor: VocabularyDerivative["anchor"],
): VocabularyDerivative {
  const optima = sizes.map(
    (size) => vocabularyByDerivative(size, embeddingWidth(size)) * embeddingWidth(size),
  );
  // Named flops and loss by the law; here they are Nnv and Nv relative to the first model.
  const runs = sizes.map((size, i) => ({ flops: size / sizes[0]!, loss: optima[i]! / optima[0]! }));
  const law = multiplicativePowerLaw(["flops"]);
  const { parameters } = fit(law, runs, { loss: huber(1e-3), fixed: { E: 0, A: 1 } });
  return {
    kind: "derivative",
    gamma: -parameters.alpha_flops,
    anchor,
    source: `derivative of FLOPs at ${sizes.length} model sizes`,
    units: { gamma: "1", anchor: "parameters" },
  };
}
