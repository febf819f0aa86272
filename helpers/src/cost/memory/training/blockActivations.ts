import type { AttentionBlock } from "../../../models/blocks/Attention.ts";
import type { Block } from "../../../models/blocks/Block.ts";
import type { ExpertsBlock, FeedForwardBlock } from "../../../models/blocks/FeedForward.ts";
import type { LatentAttentionBlock } from "../../../models/blocks/LatentAttention.ts";

/** How a stack keeps activations, and how many devices divide them. */
export interface ActivationStyle {
  /** Bytes of a value between products. */
  readonly act: number;
  /** Bytes of a kept operand of a matrix product. */
  readonly operand: number;
  /** Bytes of a value of the residual stream. */
  readonly residual: number;
  /** Devices that divide tokens between the matrices: tensorParallel with sequence parallelism, else 1. */
  readonly sp: number;
  readonly tp: number;
  readonly etp: number;
  /** Scores are never written. */
  readonly flash: boolean;
  /** Dropout keeps masks of one byte. */
  readonly dropout: boolean;
  /** The joint output of the query-key-value product stays alive beside rotated queries and keys. */
  readonly joint: boolean;
  /** Tokens that a row of unfused scores spans. */
  readonly seen: number;
  /** Most tokens that an expert device gets over their mean. */
  readonly imbalance: number;
  readonly recomputes: {
    readonly coreAttention: boolean;
    readonly norm: boolean;
    readonly activation: boolean;
    readonly feedForward: boolean;
    readonly experts: boolean;
  };
}

/**
 * Bytes that a block keeps on one device for the backward pass, for each token that the devices of its matrices share.
 *
 * With two bytes a value, dropout and unfused attention a block of Korthikanti et al. keeps 11·h + 5·a·s (attention),
 * 19·h (feed-forward) and 2·h for each norm; without dropout and with flash attention masks and scores go, and four
 * bytes a head stay. Gated feed-forwards keep both inner halves and their product, 3·f values.
 *
 * @param before the block before it in its layer: behind a norm the input is that norm's output, behind another mixer
 *   (parallel attention and feed-forward) it is the same input, kept once
 */
export function blockActivations(block: Block, style: ActivationStyle, before: Block | undefined): number {
  switch (block.kind) {
    case "norm":
      return (style.residual * block.size) / style.sp;
    case "attention":
      return inputBytes(block.inputSize, style, before) + attentionBytes(block, style);
    case "latent-attention":
      return inputBytes(block.inputSize, style, before) + latentBytes(block, style);
    case "feed-forward":
      return inputBytes(block.inputSize, style, before) + feedForwardBytes(block, style);
    case "experts":
      return inputBytes(block.inputSize, style, before) + expertsBytes(block, style);
    case "linear-attention": {
      const { nKeyHeads, nValueHeads, keySize, valueSize, convTokens = 0 } = block;
      const values = nValueHeads * valueSize;
      const mixed = 2 * nKeyHeads * keySize + values;
      const inner = style.act * (mixed * (convTokens ? 2 : 1) + 2 * values) + 8 * nValueHeads;
      return (
        inputBytes(block.inputSize, style, before) +
        (inner + style.operand * values) / style.tp +
        mask(block.inputSize, style)
      );
    }
    case "state-space": {
      const { innerSize, stateSize, nGroups = 1, nHeads = 0 } = block;
      const selected =
        block.variant === "mamba1" ? innerSize + 2 * stateSize : 2 * nGroups * stateSize + nHeads;
      const inner = style.act * (2 * innerSize + selected + innerSize) + style.operand * innerSize;
      return inputBytes(block.inputSize, style, before) + inner / style.tp + mask(block.inputSize, style);
    }
    case "gated-recurrence": {
      // Both branches, the convolved one, its two gates and the states; the product of the branches is the last operand.
      const inner = (6 * style.act + style.operand) * block.innerSize;
      return inputBytes(block.inputSize, style, before) + inner / style.tp + mask(block.inputSize, style);
    }
    case "short-convolution": {
      // Two gates and a value, the product that is convolved, and what comes out; gated again it is the last operand.
      const inner = (5 * style.act + style.operand) * block.inputSize;
      return inputBytes(block.inputSize, style, before) + inner / style.tp + mask(block.inputSize, style);
    }
    default:
      return 0;
  }
}

function inputBytes(
  size: number,
  { operand, sp, recomputes }: ActivationStyle,
  before: Block | undefined,
): number {
  if (before && before.kind !== "norm") return 0;
  if (before && recomputes.norm) return 0;
  return (operand * size) / sp;
}

const mask = (size: number, { dropout, sp }: ActivationStyle) => (dropout ? size / sp : 0);

/** Scores or their sums, and the output that the projection (and flash attention) reads again. */
function coreBytes(nHeads: number, output: number, style: ActivationStyle): number {
  const { act, operand, flash, dropout, recomputes, seen, tp } = style;
  if (flash) {
    const kept = operand === act ? act : act + operand;
    return (kept * output + 4 * nHeads) / tp;
  }
  const scores = recomputes.coreAttention ? 0 : nHeads * seen * (dropout ? 2 * act + 1 : act);
  return (operand * output + scores) / tp;
}

function attentionBytes(block: AttentionBlock, style: ActivationStyle): number {
  const { act, tp, joint } = style;
  const { nHeads, nKvHeads, keySize, valueSize = keySize, gateSize = 0 } = block;
  const ownKv = block.sharesKv ? 0 : nKvHeads / Math.min(tp, nKvHeads);
  const query = (nHeads * keySize) / tp;
  const key = ownKv * keySize;
  const output = nHeads * valueSize;
  const again =
    (joint || block.queryNorm ? query : 0) + (joint || (block.keyNorm && !block.sharesKv) ? key : 0);
  const gated = gateSize > 0 ? (gateSize + output) / tp : 0;
  const normed = block.outputNorm ? output / tp : 0;
  return (
    act * (query + key + ownKv * valueSize + again + gated + normed) +
    coreBytes(nHeads, output, style) +
    mask(block.inputSize, style)
  );
}

function latentBytes(block: LatentAttentionBlock, style: ActivationStyle): number {
  const { act, operand, tp, sp } = style;
  const { nHeads, queryRank = 0, kvRank, ropeSize, nopeSize, valueSize } = block;
  const compressed = act * (queryRank + kvRank + ropeSize) + operand * (queryRank + kvRank);
  const heads = nHeads * (2 * (nopeSize + ropeSize) + valueSize);
  return (
    compressed / sp +
    (act * heads) / tp +
    coreBytes(nHeads, nHeads * valueSize, style) +
    mask(block.inputSize, style)
  );
}

/** Inner values of a feed-forward of `size`: what the activation function reads, and what the last matrix reads. */
function innerBytes(size: number, matrices: number, { act, operand, recomputes }: ActivationStyle): number {
  return act * (matrices - 1) * size + (recomputes.activation ? 0 : operand * size);
}

function feedForwardBytes({ size, matrices, inputSize }: FeedForwardBlock, style: ActivationStyle): number {
  const inner = style.recomputes.feedForward ? 0 : innerBytes(size, matrices, style);
  return inner / style.tp + mask(inputSize, style);
}

function expertsBytes(block: ExpertsBlock, style: ActivationStyle): number {
  const { operand, tp, etp, sp, imbalance, recomputes } = style;
  const { perToken, size, matrices, sharedSize = 0, inputSize, nExperts, latentSize } = block;
  const width = latentSize ?? inputSize;
  // Logits and probabilities of the router, in float32.
  const router = (8 * nExperts) / sp;
  if (recomputes.experts) return router + mask(inputSize, style);
  const sent = operand * width * etp + innerBytes(size, matrices, style);
  const shared = innerBytes(sharedSize, matrices, style) / tp;
  const latent = latentSize ? (style.act * width) / sp : 0;
  return router + latent + (perToken * imbalance * sent) / tp + shared + mask(inputSize, style);
}
