import type { AttentionSpan } from "../../models/blocks/Attention.ts";
import { type Block, blockTensors } from "../../models/blocks/Block.ts";
import { tensorSize } from "../../models/blocks/Tensor.ts";
import type { Model } from "../../models/Model.ts";
import { modelFromShape } from "../../models/modelFromShape.ts";
import type { TransformerShape } from "../../models/TransformerShape.ts";
import { requireAbove, requireAtLeast } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { visiblePairs } from "./visiblePairs.ts";

/** Work of one forward pass, in FLOPs; a multiply and an add count 2. */
export interface ForwardFlops {
  /** Products with weight matrices, 2 a weight and token. */
  readonly weights: number;
  /** Scores and weighted sums of attention; updates and reads of recurrent states. */
  readonly attention: number;
  /** Output head. */
  readonly head: number;
  readonly total: number;
}

/** What a forward pass goes over. */
export interface ForwardPass {
  readonly newTokens: number;
  /** Tokens of the sequence that went before; default 0. */
  readonly cached?: number;
  /** Count the pairs a token can see (default), or all pairs of the sequence. */
  readonly causal?: boolean;
  /** Tokens of the sequence that cross attention reads (T5); default as many as stand in the decoder. */
  readonly sourceTokens?: number;
  /** Tokens whose logits are wanted; default all new ones, 1 in serving. */
  readonly logitTokens?: number;
  /**
   * Latent attention with its keys and values expanded, or absorbed into queries and output. Default: absorbed where
   * tokens are cached, expanded where none are.
   */
  readonly latent?: "expanded" | "absorbed";
}

/**
 * FLOPs of a forward pass over new tokens of one sequence, after `cached` earlier ones: 2·(active weights)
 * a token, 2·n_heads·(d_key + d_value) a token pair and layer for attention, and 2·d·V for each token whose logits are
 * wanted. Causal attention (default) counts the pairs a token can see; published counts often take all.
 * Cross attention sees all of its source, whose keys and values are counted as one matrix product a new token.
 * Embedding look-ups, normalisations, softmax, towers and prediction modules are left out.
 *
 * Absorbed latent attention costs 2·n_heads·(2·rank + d_rope) a pair; expanded, its keys and values are computed anew for
 * every cached token, too. A recurrent state costs 5 FLOPs a value and token (scale, add a product, read), of the delta
 * rule 7.
 *
 * Source: Kaplan et al. 2020, Table 1, with the head counted; nanoGPT's sizing of GPT-2 comes out exactly. Absorbed:
 * DeepSeek-AI 2024, DeepSeek-V2, section 2.1 and appendix C.
 *
 * @throws RangeError on token counts outside their domain
 * @example
 * import { forwardFlops, modelShape } from "isoflop";
 * forwardFlops(modelShape("GPT-2"), { newTokens: 1024, causal: false }).total; // => 291648307200
 */
export function forwardFlops(shape: TransformerShape | Model, pass: ForwardPass): ForwardFlops {
  requireOptions("forwardFlops", pass, [
    "newTokens",
    "cached",
    "causal",
    "sourceTokens",
    "logitTokens",
    "latent",
  ]);
  const { newTokens, cached = 0, causal = true, logitTokens = newTokens } = pass;
  requireAbove("newTokens", newTokens, 0, "give the tokens of the pass, such as 512");
  requireAtLeast("cached", cached, 0, "give the tokens in the cache; 0 for none");
  requireAtLeast("logitTokens", logitTokens, 0, "give the tokens whose logits are wanted; 1 in serving");
  if (typeof causal !== "boolean") {
    throw new TypeError(`causal must be true or false, got ${JSON.stringify(causal)}`);
  }
  const { sourceTokens = cached + newTokens } = pass;
  requireAtLeast("sourceTokens", sourceTokens, 0, "give the tokens that the encoder read");
  const { latent = cached > 0 ? "absorbed" : "expanded" } = pass;
  if (latent !== "expanded" && latent !== "absorbed") {
    throw new RangeError(`latent must be "expanded" or "absorbed", got ${JSON.stringify(latent)}`);
  }
  const model = modelFromShape(shape);
  const known = new Map<Block, { weights: number; mixing: number }>();
  let weights = 0;
  let attention = 0;
  for (const { blocks } of model.layers) {
    for (const block of blocks) {
      let work = known.get(block);
      if (!work) {
        const sequence = { newTokens, cached, causal, latent, sourceTokens };
        work = { weights: matrixFlops(block) * newTokens, mixing: mixingFlops(block, sequence) };
        known.set(block, work);
      }
      weights += work.weights;
      attention += work.mixing;
    }
  }
  // Tables multiply nothing; a projection behind a narrower table does.
  for (const block of model.input) weights += matrixFlops(block) * newTokens;
  let head = 0;
  for (const block of model.output) {
    if (block.kind === "head") head += 2 * block.width * block.rows * logitTokens;
    else weights += matrixFlops(block) * newTokens;
  }
  return { weights, attention, head, total: weights + attention + head };
}

/** FLOPs a token of a block's matrices and convolutions; of experts, those it is sent to. */
export function matrixFlops(block: Block): number {
  let flops = 0;
  for (const tensor of blockTensors(block)) {
    if (tensor.role !== "matrix" && tensor.role !== "kernel") continue;
    const share = tensor.routed && block.kind === "experts" ? block.perToken / block.nExperts : 1;
    flops += 2 * tensorSize(tensor) * share;
  }
  return flops;
}

interface Sequence {
  readonly newTokens: number;
  readonly cached: number;
  readonly causal: boolean;
  readonly latent: "expanded" | "absorbed";
  readonly sourceTokens?: number;
}

/** FLOPs of a block that no weight takes part in: pairs of tokens, recurrent states. */
export function mixingFlops(block: Block, sequence: Sequence): number {
  const { newTokens, cached, causal, latent } = sequence;
  const pairs = (span: AttentionSpan) =>
    causal ? visiblePairs(span, newTokens, cached) : newTokens * (cached + newTokens);
  switch (block.kind) {
    case "attention": {
      const { nHeads, keySize, valueSize = keySize } = block;
      const { sourceTokens = cached + newTokens } = sequence;
      if (block.cross) return 2 * nHeads * (keySize + valueSize) * newTokens * sourceTokens;
      const seen = block.causal === false ? newTokens * (cached + newTokens) : pairs(block.span);
      return 2 * nHeads * (keySize + valueSize) * seen;
    }
    case "latent-attention": {
      const { nHeads, kvRank, ropeSize, nopeSize, valueSize, indexer } = block;
      const scored = indexer ? 2 * indexer.nHeads * indexer.headSize * pairs(block.span) : 0;
      const attended = indexer ? pairs({ kind: "window", tokens: indexer.topTokens }) : pairs(block.span);
      if (latent === "absorbed") return scored + 2 * nHeads * (2 * kvRank + ropeSize) * attended;
      const again = 2 * cached * kvRank * nHeads * (nopeSize + valueSize);
      return scored + again + 2 * nHeads * (nopeSize + ropeSize + valueSize) * attended;
    }
    case "linear-attention": {
      const perValue = block.variant === "gated-delta" ? 7 : 5;
      return perValue * block.nValueHeads * block.keySize * block.valueSize * newTokens;
    }
    case "state-space":
      return 5 * block.innerSize * block.stateSize * newTokens;
    case "gated-recurrence":
      return 5 * block.innerSize * newTokens;
    default:
      return 0;
  }
}
