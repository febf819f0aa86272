import type { TransformerShape } from "../catalog/TransformerShape.ts";
import { requireAbove, requireAtLeast } from "../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../numerics/arguments/requireOptions.ts";
import { countParams } from "./countParams.ts";
import { visibleTokens } from "./kvCache.ts";

/** Work of one forward pass, in FLOPs; a multiply and an add count 2. */
export interface ForwardFlops {
  /** Products with weight matrices, 2 a weight and token. */
  readonly weights: number;
  /** Scores and weighted sums of attention. */
  readonly attention: number;
  /** Output head. */
  readonly head: number;
  readonly total: number;
}

/**
 * FLOPs of a forward pass over new tokens of one sequence, after `cached` earlier ones: 2·(active weights)
 * a token, 4·n_heads·d_head a token pair and layer for attention, and 2·d·V for each token whose logits are
 * wanted. Causal attention (default) counts the pairs a token can see; published counts often take all.
 * Embedding look-ups, normalisations and softmax are left out.
 *
 * Latent attention is counted as its heads' full width, as in prefill; decoding by absorbed projections
 * does other work for fewer bytes.
 *
 * Source: Kaplan et al. 2020, Table 1, with the head counted; nanoGPT's sizing of GPT-2 comes out exactly.
 *
 * @param pass newTokens > 0; cached tokens (default 0); causal (default true); tokens that get logits
 *   (default all new ones, 1 in serving)
 * @throws RangeError on token counts outside their domain
 * @example
 * import { forwardFlops, modelShape } from "isoflop";
 * forwardFlops(modelShape("GPT-2"), { newTokens: 1024, causal: false }).total; // => 291648307200
 */
export function forwardFlops(
  shape: TransformerShape,
  pass: {
    readonly newTokens: number;
    readonly cached?: number;
    readonly causal?: boolean;
    readonly logitTokens?: number;
  },
): ForwardFlops {
  requireOptions("forwardFlops", pass, ["newTokens", "cached", "causal", "logitTokens"]);
  const { newTokens, cached = 0, causal = true, logitTokens = newTokens } = pass;
  requireAbove("newTokens", newTokens, 0, "give the tokens of the pass, such as 512");
  requireAtLeast("cached", cached, 0, "give the tokens in the cache; 0 for none");
  const { attention, activeFeedForward } = countParams(shape);
  const weights = 2 * (attention + activeFeedForward) * newTokens;
  const perPair = flopsPerPair(shape);
  let pairs = 0;
  if (causal) {
    // Layers differ only in how far they look back, and each new token looks at one more than the last.
    for (const { layers, limit } of spans(shape)) pairs += layers * causalPairs(newTokens, cached, limit);
  } else {
    pairs = shape.nLayers * newTokens * (cached + newTokens);
  }
  const scores = perPair * pairs;
  const head = 2 * shape.hiddenSize * shape.vocabSize * logitTokens;
  return { weights, attention: scores, head, total: weights + scores + head };
}

function flopsPerPair({ attention }: TransformerShape): number {
  if (attention.kind === "grouped") return 4 * attention.nHeads * attention.headSize;
  return 2 * attention.nHeads * (attention.nopeSize + attention.ropeSize + attention.valueSize);
}

function spans(shape: TransformerShape): { layers: number; limit: number }[] {
  return visibleTokens(shape, Number.MAX_SAFE_INTEGER).map(({ layers, tokens }) => ({
    layers,
    limit: tokens,
  }));
}

/** Σ over the new tokens of min(limit, cached + i), i = 1 … newTokens. */
function causalPairs(newTokens: number, cached: number, limit: number): number {
  const growing = Math.max(0, Math.min(newTokens, limit - cached));
  return growing * cached + (growing * (growing + 1)) / 2 + (newTokens - growing) * limit;
}
