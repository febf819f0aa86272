import { type Block, blockTensors } from "../../models/blocks/Block.ts";
import { recurrentState } from "../../models/blocks/recurrentState.ts";
import { tensorSize } from "../../models/blocks/Tensor.ts";
import type { Model } from "../../models/Model.ts";
import { cacheShare, tensorShare } from "../arithmetic/deviceShare.ts";
import { expectedDistinctExperts } from "../arithmetic/expectedDistinctExperts.ts";
import { cachedValues } from "../arithmetic/kvCache.ts";
import { visiblePairs } from "../arithmetic/visiblePairs.ts";

/**
 * Bytes of weights that a pass over `tokens` tokens reads on each device: matrices of the layers at `bits`, head and
 * vectors at 16; of experts those that the tokens are expected to touch. The token table is a look-up of a few rows.
 */
export function weightTraffic(
  model: Model,
  pass: { readonly bits: number; readonly tokens: number; readonly tensorParallel: number },
): number {
  const known = new Map<Block, number>();
  let bytes = 0;
  const add = (block: Block) => {
    let read = known.get(block);
    if (read === undefined) {
      read = blockTraffic(block, pass);
      known.set(block, read);
    }
    bytes += read;
  };
  for (const { blocks } of model.layers) for (const block of blocks) add(block);
  for (const block of model.output) {
    // A tied head has no tensor of its own, but its rows are read all the same.
    if (block.kind === "head") {
      bytes += (2 * block.rows * (block.width + (block.bias ? 1 : 0))) / pass.tensorParallel;
    } else add(block);
  }
  return bytes;
}

function blockTraffic(
  block: Block,
  { bits, tokens, tensorParallel }: { bits: number; tokens: number; tensorParallel: number },
): number {
  let bytes = 0;
  for (const tensor of blockTensors(block)) {
    const share = tensorShare(block, tensor, tensorParallel);
    const size = share * tensorSize(tensor) * (tensor.role === "matrix" ? bits / 8 : 2);
    if (tensor.routed && block.kind === "experts") {
      const { nExperts, perToken } = block;
      bytes += (size / nExperts) * expectedDistinctExperts({ nExperts, perToken, batchSize: tokens });
    } else bytes += size;
  }
  return bytes;
}

/**
 * Bytes of cache that one decode step of one sequence moves on each device after `cached` tokens: the keys and values in
 * sight are read, recurrent states (16 bits) read and written.
 */
export function cacheTraffic(
  model: Model,
  sequence: { readonly cached: number; readonly bits: number; readonly tensorParallel: number },
): number {
  const { cached, bits, tensorParallel } = sequence;
  const known = new Map<Block, number>();
  let bytes = 0;
  for (const { blocks } of model.layers) {
    for (const block of blocks) {
      let moved = known.get(block);
      if (moved === undefined) {
        const share = cacheShare(block, tensorParallel, "compressed");
        const state = recurrentState(block);
        const inSight = "span" in block ? visiblePairs(block.span, 1, cached) - 1 : 0;
        // An indexer reads its key of every token in sight, and attention then the tokens it picked.
        const indexer = block.kind === "latent-attention" ? block.indexer : undefined;
        const read = Math.min(inSight, indexer?.topTokens ?? Infinity) * cachedValues(block);
        const scored = inSight * (indexer?.headSize ?? 0);
        moved =
          ((share * read + scored) * bits) / 8 +
          2 * 2 * share * (state ? state.recurrent + state.convolution : 0);
        known.set(block, moved);
      }
      bytes += moved;
    }
  }
  return bytes;
}
