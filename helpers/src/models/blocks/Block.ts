import { type AttentionBlock, attentionTensors } from "./Attention.ts";
import {
  embeddingTensors,
  type HeadBlock,
  type PositionTableBlock,
  type TokenTableBlock,
} from "./Embedding.ts";
import {
  type ExpertsBlock,
  expertsTensors,
  type FeedForwardBlock,
  feedForwardTensors,
} from "./FeedForward.ts";
import { type GatedRecurrenceBlock, gatedRecurrenceTensors } from "./GatedRecurrence.ts";
import { type LatentAttentionBlock, latentAttentionTensors } from "./LatentAttention.ts";
import { type LinearAttentionBlock, linearAttentionTensors } from "./LinearAttention.ts";
import { type NormBlock, normTensors } from "./Norm.ts";
import { type ShortConvolutionBlock, shortConvolutionTensors } from "./ShortConvolution.ts";
import { type StateSpaceBlock, stateSpaceTensors } from "./StateSpace.ts";
import type { Tensor } from "./Tensor.ts";

/** Tensors that no other kind of block describes, such as the patches of a vision tower or a projector. */
export interface OtherBlock {
  readonly kind: "other";
  /** What it is, such as "patches" or "projector". */
  readonly name: string;
  readonly tensors: readonly Tensor[];
}

/** A part of a model, typed, so that values, bytes and FLOPs follow from it. */
export type Block =
  | TokenTableBlock
  | PositionTableBlock
  | NormBlock
  | AttentionBlock
  | LatentAttentionBlock
  | LinearAttentionBlock
  | StateSpaceBlock
  | ShortConvolutionBlock
  | GatedRecurrenceBlock
  | FeedForwardBlock
  | ExpertsBlock
  | HeadBlock
  | OtherBlock;

const known = new WeakMap<Block, readonly Tensor[]>();

/**
 * Trained tensors of a block, in the order in which values pass them.
 *
 * @example
 * import { blockTensors } from "isoflop";
 * const tensors = blockTensors({ kind: "feed-forward", inputSize: 8, size: 32, matrices: 3 });
 * tensors.map(({ name, shape }) => `${name} ${shape}`)[0]; // => "gate.weight 32,8"
 */
export function blockTensors(block: Block): readonly Tensor[] {
  // Layers of a model share their blocks, so that most are asked for again.
  let tensors = known.get(block);
  if (!tensors) {
    tensors = tensorsOf(block);
    known.set(block, tensors);
  }
  return tensors;
}

function tensorsOf(block: Block): readonly Tensor[] {
  switch (block.kind) {
    case "token-table":
    case "position-table":
    case "head":
      return embeddingTensors(block);
    case "norm":
      return normTensors(block);
    case "attention":
      return attentionTensors(block);
    case "latent-attention":
      return latentAttentionTensors(block);
    case "linear-attention":
      return linearAttentionTensors(block);
    case "state-space":
      return stateSpaceTensors(block);
    case "short-convolution":
      return shortConvolutionTensors(block);
    case "gated-recurrence":
      return gatedRecurrenceTensors(block);
    case "feed-forward":
      return feedForwardTensors(block);
    case "experts":
      return expertsTensors(block);
    case "other":
      return block.tensors;
  }
}
