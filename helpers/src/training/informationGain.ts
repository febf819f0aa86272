import { requirePositive } from "../numerics/arguments/requireNumber.ts";

/** What one modality says about another. */
export interface InformationGain {
  /** Mutual information as the model sees it, in the unit of the losses. Negative: the condition did not help. */
  readonly mutualInformation: number;
  /** Mutual information as a share of the unconditional loss, "Infogain". */
  readonly share: number;
}

/**
 * Empirical mutual information of a caption and its image: I = L(caption) - L(caption given image), and
 * Infogain = I / L(caption).
 *
 * Source: Henighan et al. 2020 (arXiv:2010.14701), section 5.
 *
 * @param losses both in nats per caption, or both in nats per token
 * @throws RangeError when a loss is not > 0
 *
 * @example
 * import { informationGain } from "isoflop";
 * informationGain({ alone: 80, given: 72 }).share; // => 0.1
 */
export function informationGain(losses: { readonly alone: number; readonly given: number }): InformationGain {
  const alone = requirePositive("alone", losses.alone, "give the loss without the condition");
  const mutualInformation =
    alone - requirePositive("given", losses.given, "give the loss under the condition");
  return { mutualInformation, share: mutualInformation / alone };
}
