import { requirePositive, requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";

/** What attention adds to 6 FLOPs a parameter and token. */
export interface AttentionShape {
  readonly nLayers: number;
  /** Heads times width of a head, which is the width of the model in most. */
  readonly width: number;
  /** Tokens of a sequence. */
  readonly context: number;
  /**
   * Whether a token's products with tokens after it count: "full" 12 L d s FLOPs a token, as most published MFU count it,
   * or "causal" half of it, what flash attention computes. Default "full".
   */
  readonly convention?: "full" | "causal";
}

/** Size and data of a training. */
export interface TrainingSize {
  /** Parameters that a token uses: all of a dense model, the active ones of a mixture of experts. */
  readonly params: number;
  readonly tokens: number;
  /** Left out, attention's products between tokens are not counted: C = 6 N D. */
  readonly attention?: AttentionShape;
}

/**
 * FLOPs of a training, forward and backward: (6 N + 12 L d s) D, with half of the second term by the causal convention and
 * without it where no attention is given.
 *
 * Source: Chowdhery et al. 2022 (PaLM, arXiv:2204.02311), appendix B.
 *
 * @throws RangeError on counts that are not > 0, or an unknown convention or option
 *
 * @example
 * import { trainingFlops } from "isoflop";
 * trainingFlops({ params: 70e9, tokens: 16.4e6 }); // => 6.888e18
 */
export function trainingFlops({ params, tokens, attention }: TrainingSize): number {
  requirePositive("params", params, "give the parameters a token uses, such as 7e9");
  requirePositive("tokens", tokens, "give the training tokens, such as 1.4e12");
  let perToken = 6 * params;
  if (attention !== undefined) {
    requireOptions("attention", attention, ["nLayers", "width", "context", "convention"]);
    const { nLayers, width, context, convention = "full" } = attention;
    for (const [name, value] of Object.entries({ nLayers, width, context })) {
      requireWhole(name, value, 1, "give a count");
    }
    requireOneOf("convention", convention, ["full", "causal"]);
    perToken += (convention === "full" ? 12 : 6) * nLayers * width * context;
  }
  return requirePositive("the FLOPs of the training", perToken * tokens, "give smaller counts");
}
