import type { Block } from "../../../models/blocks/Block.ts";
import type { Layer } from "../../../models/Model.ts";
import type { CheckedLayout } from "../../layout/Layout.ts";
import { withoutRecompute } from "./activationStyle.ts";
import { type ActivationStyle, blockActivations } from "./blockActivations.ts";
import { type ShardedParams, shardedParamsOf } from "./shardedParams.ts";

/** What one layer of a kind costs a device. */
export interface LayerMemory {
  readonly params: ShardedParams;
  /** Bytes a token that a layer keeps for the backward pass. */
  readonly kept: number;
  /** Bytes a token of a layer that keeps only its input. */
  readonly checkpoint: number;
  /** Bytes a token that live while the layer passes backward beyond what it keeps, for either kind of keeping. */
  readonly live: { readonly kept: number; readonly checkpoint: number };
}

/** Memory of one layer of a kind under a layout. */
export function layerMemory(
  layer: Layer,
  layout: CheckedLayout,
  style: ActivationStyle,
  hiddenSize: number,
): LayerMemory {
  const { recompute } = layout;
  const kept = keptBytes(layer.blocks, style);
  const all = recompute === "selective" ? keptBytes(layer.blocks, withoutRecompute(style)) : kept;
  const checkpoint = (style.residual * hiddenSize) / style.sp;
  // Gradients that pass through a layer: those of the residual, and the widest of the inner values.
  let widest = 0;
  for (const block of layer.blocks) widest = Math.max(widest, innerWidth(block));
  const gradients = style.act * ((2 * hiddenSize) / style.sp + widest / style.tp);
  return {
    params: shardedParamsOf(layer.blocks, layout),
    kept,
    checkpoint,
    live: { kept: all - kept + gradients, checkpoint: all - checkpoint + gradients },
  };
}

function keptBytes(blocks: readonly Block[], style: ActivationStyle): number {
  let bytes = 0;
  blocks.forEach((block, i) => {
    bytes += blockActivations(block, style, blocks[i - 1]);
  });
  return bytes;
}

/** Values a token of the widest output of a block's matrices. */
function innerWidth(block: Block): number {
  switch (block.kind) {
    case "attention":
      return (
        block.nHeads * block.keySize + block.nKvHeads * (block.keySize + (block.valueSize ?? block.keySize))
      );
    case "latent-attention":
      return block.nHeads * (2 * (block.nopeSize + block.ropeSize) + block.valueSize);
    case "linear-attention":
      return 2 * (block.nKeyHeads * block.keySize + block.nValueHeads * block.valueSize);
    case "state-space":
      return 2 * block.innerSize;
    case "gated-recurrence":
      return 2 * block.innerSize;
    case "short-convolution":
      return 3 * block.inputSize;
    case "feed-forward":
      return (block.matrices - 1) * block.size;
    case "experts":
      return block.perToken * (block.matrices - 1) * block.size;
    default:
      return 0;
  }
}
