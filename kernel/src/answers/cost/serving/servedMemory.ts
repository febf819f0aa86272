import {
  type CatalogAccelerator,
  countParams,
  formatBytes,
  kvCache,
  type Model,
  type ServingBits,
  type ServingInstances,
  weightBytes,
} from "isoflop";

/** What is left to engines and activations, as they reserve it. */
const memoryShare = 0.9;

/** What the devices of instances hold, and what would fit. */
export interface ServedMemory {
  readonly fits: boolean;
  readonly weightBytesPerDevice: number;
  /** Of the requests that are to be held at once, prompt and output in full. */
  readonly cacheBytesPerDevice: number;
  readonly usableBytesPerDevice: number;
  /** Requests of full length that all instances together hold at once; 0 where the weights leave no room. */
  readonly largestBatch: number;
  readonly note: string;
}

/**
 * Weights and caches on a device of instances: matrices are divided over the tensor-parallel devices, experts over those of
 * all groups, layers over the stages, and requests over groups and instances.
 *
 * @param requests to be held at once, all instances together
 * @throws RangeError where devices do not divide heads or widths
 */
export function servedMemory(
  model: Model,
  { instances, layout }: ServingInstances,
  held: {
    readonly accelerator: CatalogAccelerator;
    readonly bits: ServingBits;
    readonly contextTokens: number;
    readonly requests: number;
  },
): ServedMemory {
  const { accelerator, bits, contextTokens, requests } = held;
  const { tensorParallel, pipelineParallel, attentionDataParallel } = layout;
  const experts = ((countParams(model).byBlock.experts ?? 0) * bits.weights) / 8 / tensorParallel;
  // Groups share the experts, and each has the rest.
  const spread = experts * (1 - 1 / attentionDataParallel);
  const weights = (weightBytes(model, { bits: bits.weights, tensorParallel }) - spread) / pipelineParallel;
  const one =
    kvCache(model, { tokens: contextTokens, bits: bits.kv, tensorParallel }).bytesPerDevice /
    pipelineParallel;
  const usable = accelerator.memoryBytes * memoryShare;
  const groups = instances * attentionDataParallel;
  const cache = Math.ceil(requests / groups) * one;
  const room = usable - weights;
  const largestBatch = room < 0 ? 0 : Math.floor(room / one) * groups;
  const fits = cache <= room;
  const size = `weights ${formatBytes(weights)} and cache ${formatBytes(cache)} of ${formatBytes(usable)} a device`;
  const most = `at most ${largestBatch} request${largestBatch === 1 ? "" : "s"} of ${contextTokens} tokens at once`;
  const way =
    room < 0
      ? "the weights alone do not fit; split them over more devices or store them in fewer bits"
      : fits
        ? most
        : `${most}, so that others wait`;
  return {
    fits,
    weightBytesPerDevice: weights,
    cacheBytesPerDevice: cache,
    usableBytesPerDevice: usable,
    largestBatch,
    note: `${fits ? "fits" : "does not fit"}: ${size}; ${way}`,
  };
}
