import { type Block, blockTensors } from "../../../models/blocks/Block.ts";
import { tensorSize } from "../../../models/blocks/Tensor.ts";
import type { Layer, Model } from "../../../models/Model.ts";
import { tensorShare } from "../../arithmetic/deviceShare.ts";
import { kvCache } from "../../arithmetic/kvCache.ts";
import type { ServingLayout } from "../../engine/ServingLayout.ts";
import type { ServingBits } from "../../engine/ServingScenario.ts";
import { stageLayers } from "../../layout/stageLayers.ts";

/**
 * Bytes of weights on a device of the fullest stage of an instance: each tensor by how its layout divides it (routed
 * experts over expertParallel · expertTensorParallel devices, the rest over tensorParallel and copied for each group of
 * attention), tables and head at 16 bits, everything else at the bits of the weights.
 */
export function servingWeightBytes(model: Model, layout: ServingLayout, bits: ServingBits): number {
  const { tensorParallel, pipelineParallel, expertParallel, expertTensorParallel } = layout;
  const known = new Map<Block | Layer, number>();
  const ofBlock = (block: Block): number => {
    let bytes = known.get(block);
    if (bytes !== undefined) return bytes;
    const isTable = block.kind === "head" || block.kind === "token-table" || block.kind === "position-table";
    bytes = 0;
    for (const tensor of blockTensors(block)) {
      const isRouted = tensor.routed && block.kind === "experts";
      const share = isRouted
        ? 1 / (expertParallel * expertTensorParallel)
        : tensorShare(block, tensor, tensorParallel);
      bytes += tensorSize(tensor) * share * ((isTable ? 16 : bits.weights) / 8);
    }
    known.set(block, bytes);
    return bytes;
  };
  const ofBlocks = (blocks: readonly Block[]) => blocks.reduce((sum, block) => sum + ofBlock(block), 0);
  const ofLayer = (layer: Layer): number => {
    let bytes = known.get(layer);
    if (bytes === undefined) {
      bytes = ofBlocks(layer.blocks);
      known.set(layer, bytes);
    }
    return bytes;
  };
  let fullest = 0;
  let first = 0;
  for (const [stage, count] of stageLayers(model.layers.length, pipelineParallel, "balanced").entries()) {
    let bytes = 0;
    for (let i = first; i < first + count; i++) bytes += ofLayer(model.layers[i]!);
    first += count;
    if (stage === 0) bytes += ofBlocks(model.input);
    if (stage === pipelineParallel - 1) {
      bytes += ofBlocks(model.output);
      // A head that is the token table needs a table of its own on another stage.
      for (const block of model.output) {
        if (pipelineParallel > 1 && block.kind === "head" && blockTensors(block).length === 0) {
          bytes += (2 * block.rows * block.width) / tensorParallel;
        }
      }
    }
    fullest = Math.max(fullest, bytes);
  }
  return fullest;
}

/**
 * Bytes of cache on a device of an instance that decodes so many requests at once: each group of attention holds its part
 * of them, and each stage its layers.
 *
 * Requests that began at different times hold half of their output on the average; with two standard deviations of that
 * sum, a request counts p + o (1/2 + 1/sqrt(3 r)) tokens, r requests in a group, and never more than p + o.
 *
 * @returns a function that remembers what a request holds on a device, which few layouts differ in
 */
export function servingCacheBytes(
  model: Model,
  of: { readonly promptTokens: number; readonly outputTokens: number },
): (layout: ServingLayout, bits: ServingBits, requests: number) => number {
  const known = new Map<string, number>();
  const nLayers = model.layers.length;
  return ({ tensorParallel, pipelineParallel, attentionDataParallel }, { kv }, requests) => {
    const group = Math.ceil(requests / attentionDataParallel);
    const share = Math.min(1, 0.5 + 1 / Math.sqrt(3 * group));
    const tokens = Math.ceil(of.promptTokens + share * of.outputTokens);
    const key = `${tokens} ${tensorParallel} ${kv}`;
    let one = known.get(key);
    if (one === undefined) {
      one = kvCache(model, { tokens, bits: kv, tensorParallel }).bytesPerDevice;
      known.set(key, one);
    }
    return (group * one * Math.ceil(nLayers / pipelineParallel)) / nLayers;
  };
}
