import type { Accelerator } from "../../catalog/accelerators/Accelerator.ts";
import { formatBytes } from "../../format/formatBytes.ts";
import type { Model } from "../../models/Model.ts";
import { modelFromShape } from "../../models/modelFromShape.ts";
import type { TransformerShape } from "../../models/TransformerShape.ts";
import { requireAbove, requireEfficiency, requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { type CachedSequence, kvCache } from "../arithmetic/kvCache.ts";
import { weightBytes } from "../arithmetic/weightBytes.ts";

/** Sequences that shall be held at once, and where. */
export interface ServingMemoryRequest {
  readonly accelerator: Accelerator;
  /** Tokens of each sequence, prompt and output together. */
  readonly contextTokens: number;
  /** Sequences at once; default 1. */
  readonly batchSize?: number;
  /** Devices over which each layer is split; default 1. */
  readonly tensorParallel?: number;
  /** Bits of a weight and of a cached value; default 16. */
  readonly weightBits?: number;
  readonly kvBits?: number;
  /** Share of the memory that weights and cache may take; default .9, as engines reserve the rest. */
  readonly memoryShare?: number;
  /** How the cache is kept: see `kvCache`. */
  readonly cache?: Omit<CachedSequence, "tokens" | "bits" | "tensorParallel">;
}

/** Whether they fit, and what would. */
export interface ServingMemory {
  readonly fits: boolean;
  readonly weightBytesPerDevice: number;
  /** Cache and states of the whole batch. */
  readonly cacheBytesPerDevice: number;
  /** Memory that may be taken. */
  readonly usableBytesPerDevice: number;
  /** Most sequences of contextTokens; 0 where the weights alone do not leave room for one. */
  readonly largestBatch: number;
  /** Longest context of batchSize sequences; 0 where none fits, Infinity where a sequence holds no more from some length on. */
  readonly largestContext: number;
  /** The answer in words. */
  readonly note: string;
}

/**
 * Whether weights and caches fit, and the largest batch and context that do.
 *
 * Each device holds 1/T of the weights (norms, routers and latent compressions whole), and of each sequence what `kvCache`
 * says. Activations and the engine's own buffers
 * are what `memoryShare` leaves.
 *
 * @throws RangeError on counts outside their domain, or devices that do not divide the heads
 * @example
 * import { accelerators, modelShape, servingMemory } from "isoflop";
 * const memory = servingMemory(modelShape("Llama-3-70B"), {
 *   accelerator: accelerators["h100-sxm-80gb"], tensorParallel: 2, batchSize: 4, contextTokens: 20000,
 * });
 * memory.fits; // => false
 */
export function servingMemory(shape: TransformerShape | Model, request: ServingMemoryRequest): ServingMemory {
  requireOptions("servingMemory", request, [
    "accelerator",
    "contextTokens",
    "batchSize",
    "tensorParallel",
    "weightBits",
    "kvBits",
    "memoryShare",
    "cache",
  ]);
  const { accelerator, contextTokens, batchSize = 1, tensorParallel = 1 } = request;
  const { weightBits = 16, kvBits = 16, memoryShare = 0.9, cache = {} } = request;
  requireOptions("cache", cache, ["scale", "stateBits", "blockTokens", "chunkTokens", "latent"]);
  requireWhole(
    "contextTokens",
    contextTokens,
    1,
    "give the tokens of a sequence, prompt and output together",
  );
  requireWhole("batchSize", batchSize, 1, "give the sequences at once");
  requireEfficiency("memoryShare", memoryShare);
  requireAbove("accelerator.memoryBytes", accelerator.memoryBytes, 0, "take it from the data sheet");
  const model = modelFromShape(shape);
  const perSequence = (tokens: number) =>
    kvCache(model, { ...cache, tokens, bits: kvBits, tensorParallel }).bytesPerDevice;
  const one = perSequence(contextTokens);
  const weightBytesPerDevice = weightBytes(model, { bits: weightBits, tensorParallel });
  const usableBytesPerDevice = accelerator.memoryBytes * memoryShare;
  const room = usableBytesPerDevice - weightBytesPerDevice;
  const cacheBytesPerDevice = batchSize * one;
  const fits = cacheBytesPerDevice <= room;
  const largestBatch = room < 0 ? 0 : one === 0 ? Infinity : Math.floor(room / one);
  const largestContext = longest((tokens) => batchSize * perSequence(tokens) <= room);
  const size = `weights ${formatBytes(weightBytesPerDevice)} and cache ${formatBytes(cacheBytesPerDevice)} of ${formatBytes(usableBytesPerDevice)} a device`;
  const way =
    room < 0
      ? "the weights alone do not fit; split them over more devices or store them in fewer bits"
      : `${atMost(largestBatch, "sequence")} of ${contextTokens} tokens, or ${batchSize} at once of ${atMost(largestContext, "token")}`;
  return {
    fits,
    weightBytesPerDevice,
    cacheBytesPerDevice,
    usableBytesPerDevice,
    largestBatch,
    largestContext,
    note: `${fits ? "fits" : "does not fit"}: ${size}; ${way}`,
  };
}

function atMost(count: number, what: string): string {
  if (count === Infinity) return `any number of ${what}s`;
  return `${count === 0 ? "no" : `at most ${count}`} ${what}${count === 1 ? "" : "s"}`;
}

/** The largest whole number for which a condition holds that never comes back once it fails. */
function longest(holds: (tokens: number) => boolean): number {
  if (!holds(1)) return 0;
  let low = 1;
  let high = 2;
  while (holds(high)) {
    low = high;
    high *= 2;
    if (high > 2 ** 40) return Infinity;
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}
