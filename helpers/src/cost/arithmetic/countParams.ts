import { type Block, blockTensors } from "../../models/blocks/Block.ts";
import { tensorSize } from "../../models/blocks/Tensor.ts";
import { type Model, modelBlocks } from "../../models/Model.ts";
import { modelFromShape } from "../../models/modelFromShape.ts";
import type { TransformerShape } from "../../models/TransformerShape.ts";
import { refusal } from "../../numerics/arguments/requireNumber.ts";

/** Parameters of a model, exact counts. */
export interface ParamCount {
  /** Every trained value once; a tied output counts once, prediction modules do not. */
  readonly total: number;
  /** The total without the experts that a token is not sent to; tables and head stay in. */
  readonly active: number;
  /** The input table of tokens. */
  readonly embedding: number;
  /** Learned positions. */
  readonly positions: number;
  /** Output head; 0 where it is the token table. */
  readonly head: number;
  /** Attention and what stands in its place (linear attention, state spaces, convolutions), all layers. */
  readonly attention: number;
  /** Dense feed-forward, all experts and routers, all layers. */
  readonly feedForward: number;
  /** Of `feedForward`, what one token uses. */
  readonly activeFeedForward: number;
  /** Scales and shifts of the normalisations between blocks. */
  readonly norms: number;
  /** Values in encoder, vision tower and projector; they are in the kinds above, too. */
  readonly towers: number;
  /** Values in prediction modules, which no total holds. */
  readonly prediction: number;
  /** The total by kind of block; the kinds add up to it. */
  readonly byBlock: Readonly<Partial<Record<Block["kind"], number>>>;
}

/**
 * Counts the parameters of a model, tensor by tensor.
 *
 * Every block is a list of tensors (see {@link blockTensors}): grouped attention has (2·n_heads + 2·n_kv)·d_head·d weights
 * a layer, a gated feed-forward 3·d·d_ffn, a plain one 2·d·d_ffn, a mixture of E experts E times that with its own width
 * plus a router of d·E, each with the biases and norms its configuration names.
 *
 * Sources: the models' published code and configurations; see docs/cost.md for the models it was compared with.
 *
 * @param model a model, or the shape of a plain decoder
 * @throws RangeError on a shape with counts that are not whole, heads that do not divide, or more parameters than a
 *   number holds exactly
 * @example
 * import { countParams, modelShape } from "isoflop";
 * countParams(modelShape("Llama-2-7B")).total; // => 6738415616
 * countParams(modelShape("Mixtral-8x7B")).active; // => 12879925248
 */
export function countParams(model: TransformerShape | Model): ParamCount {
  const blocks = modelFromShape(model);
  const byBlock: Partial<Record<Block["kind"], number>> = {};
  let total = 0;
  let idle = 0;
  for (const block of modelBlocks(blocks)) {
    const size = blockSize(block);
    total += size.total;
    idle += size.total - size.active;
    byBlock[block.kind] = (byBlock[block.kind] ?? 0) + size.total;
  }
  if (!Number.isSafeInteger(total)) {
    throw refusal("the parameters", "must be a whole number below 2^53", total, "fix the configuration");
  }
  const of = (...kinds: Block["kind"][]) => kinds.reduce((sum, kind) => sum + (byBlock[kind] ?? 0), 0);
  const feedForward = of("feed-forward", "experts");
  return {
    total,
    active: total - idle,
    embedding: of("token-table"),
    positions: of("position-table"),
    head: of("head"),
    attention: of(
      "attention",
      "latent-attention",
      "linear-attention",
      "state-space",
      "short-convolution",
      "gated-recurrence",
    ),
    feedForward,
    activeFeedForward: feedForward - idle,
    norms: of("norm"),
    towers: sum(
      blocks.towers.flatMap(({ input, layers, output }) => [
        ...input,
        ...layers.flatMap((l) => l.blocks),
        ...output,
      ]),
    ),
    prediction: sum(blocks.prediction.flatMap((layer) => layer.blocks)),
    byBlock,
  };
}

/** Values of a block, and those that one token passes. */
export function blockSize(block: Block): { readonly total: number; readonly active: number } {
  let total = 0;
  let idle = 0;
  for (const tensor of blockTensors(block)) {
    const size = tensorSize(tensor);
    total += size;
    if (tensor.routed && block.kind === "experts") idle += size - (size / block.nExperts) * block.perToken;
  }
  return { total, active: total - idle };
}

function sum(blocks: readonly Block[]): number {
  return blocks.reduce((total, block) => total + blockSize(block).total, 0);
}
