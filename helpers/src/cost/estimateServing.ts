import type { Accelerator } from "../catalog/accelerators/Accelerator.ts";
import type { EfficiencyPreset } from "../catalog/accelerators/efficiencyPresets.ts";
import type { TransformerShape } from "../models/TransformerShape.ts";
import { requireAbove, requireEfficiency, requireWhole } from "../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../numerics/arguments/requireOptions.ts";
import { countParams } from "./arithmetic/countParams.ts";
import { expectedDistinctExperts } from "./arithmetic/expectedDistinctExperts.ts";
import { forwardFlops } from "./arithmetic/forwardFlops.ts";
import { kvCacheBytes } from "./arithmetic/kvCache.ts";
import { weightBytes } from "./arithmetic/weightBytes.ts";

/** A batch of equal requests on some accelerators. */
export interface ServingRequest {
  readonly accelerator: Accelerator;
  readonly promptTokens: number;
  readonly outputTokens: number;
  /** Requests served together, default 1. */
  readonly batchSize?: number;
  /** Accelerators over which each layer is split, default 1. */
  readonly tensorParallel?: number;
  /** Bits of weights, of activations (which set the peak rate: 16, 8 or 4) and of cached values; default 16. */
  readonly weightBits?: number;
  readonly activationBits?: 16 | 8 | 4;
  readonly kvBits?: number;
  /** Shares of the peaks that are reached; default 1 and 1, the bound. */
  readonly efficiency?: Pick<EfficiencyPreset, "compute" | "memory" | "secondsPerLayer">;
}

/** Time and memory of a batch. */
export interface ServingEstimate {
  /** Seconds until the first token. */
  readonly prefillS: number;
  /** Seconds of the first and the last decode step, and their mean over the output. */
  readonly firstStepS: number;
  readonly lastStepS: number;
  readonly meanStepS: number;
  /** prefillS + (outputTokens − 1)·meanStepS. */
  readonly totalS: number;
  /** Output tokens per second of the whole batch over totalS. */
  readonly tokensPerS: number;
  /** What limits a decode step in the middle of the output. */
  readonly decodeBound: "memory" | "compute";
  /** Weights and KV cache at the end, on one accelerator. */
  readonly weightBytesPerAccelerator: number;
  readonly kvBytesPerAccelerator: number;
  /** Whether both fit into the memory, with nothing reserved. */
  readonly fits: boolean;
}

/**
 * Roofline estimate of serving a batch: each phase takes max(FLOPs/(compute·peak·tp), bytes/(memory·
 * bandwidth·tp)) plus a time per layer.
 *
 * Prefill computes all prompt tokens with causal attention and one row of logits a request, and reads the
 * weights once. A decode step computes one token a request, reads the weights once (of a mixture the
 * experts the batch is expected to touch, see {@link expectedDistinctExperts}) and every request's KV cache
 * once. Traffic between accelerators is not modelled; the efficiency presets, fitted to measurements,
 * absorb it. Latent caches are replicated over tensor-parallel accelerators, other caches divided.
 *
 * @throws RangeError on counts outside their domain or a precision the accelerator lacks
 * @example
 * import { accelerators, estimateServing, modelShape } from "isoflop";
 * const estimate = estimateServing(modelShape("Llama-2-7B"), {
 *   accelerator: accelerators["a100-sxm-80gb"], promptTokens: 512, outputTokens: 128,
 * });
 * (1000 * estimate.firstStepS).toFixed(1); // => "6.6"
 */
export function estimateServing(shape: TransformerShape, request: ServingRequest): ServingEstimate {
  requireOptions("estimateServing", request, [
    "accelerator",
    "promptTokens",
    "outputTokens",
    "batchSize",
    "tensorParallel",
    "weightBits",
    "activationBits",
    "kvBits",
    "efficiency",
  ]);
  const { accelerator, promptTokens, outputTokens, batchSize = 1, tensorParallel = 1 } = request;
  const { weightBits = 16, activationBits = 16, kvBits = 16 } = request;
  const { compute, memory, secondsPerLayer = 0 } = request.efficiency ?? { compute: 1, memory: 1 };
  for (const [name, value] of Object.entries({ promptTokens, outputTokens, batchSize, tensorParallel })) {
    requireWhole(name, value, 1, "give a count");
  }
  requireEfficiency("efficiency compute", compute);
  requireEfficiency("efficiency memory", memory);
  const peak = accelerator.peakFlopsPerS[activationBits];
  if (!peak) {
    throw new RangeError(
      `${accelerator.name} has no ${activationBits}-bit peak rate; choose other activationBits`,
    );
  }
  const overhead = secondsPerLayer * shape.nLayers;
  const flopRate = compute * peak * tensorParallel;
  const byteRate = memory * accelerator.memoryBytesPerS * tensorParallel;
  const replicated = shape.attention.kind === "latent" ? tensorParallel : 1;
  const weights = (tokens: number) => weightTraffic(shape, weightBits, tokens);

  const prefillFlops = batchSize * forwardFlops(shape, { newTokens: promptTokens, logitTokens: 1 }).total;
  const prefillS = Math.max(prefillFlops / flopRate, weights(batchSize * promptTokens) / byteRate) + overhead;
  const stepTimes = (cached: number) => {
    const flops = batchSize * forwardFlops(shape, { newTokens: 1, cached }).total;
    const cache = batchSize * kvCacheBytes(shape, { tokens: cached, bits: kvBits });
    return { compute: flops / flopRate, memory: (weights(batchSize) + cache * replicated) / byteRate };
  };
  const step = (cached: number) => {
    const times = stepTimes(cached);
    return Math.max(times.compute, times.memory) + overhead;
  };
  const firstStepS = step(promptTokens);
  const lastStepS = step(promptTokens + outputTokens);
  // Simpson's rule is exact while a step grows linearly or quadratically with the context.
  const meanStepS = (firstStepS + 4 * step(promptTokens + outputTokens / 2) + lastStepS) / 6;
  const totalS = prefillS + (outputTokens - 1) * meanStepS;
  const middle = stepTimes(promptTokens + outputTokens / 2);
  const weightBytesPerAccelerator = weightBytes(shape, { bits: weightBits }) / tensorParallel;
  const cacheAtEnd = batchSize * kvCacheBytes(shape, { tokens: promptTokens + outputTokens, bits: kvBits });
  const kvBytesPerAccelerator = (cacheAtEnd * replicated) / tensorParallel;
  return {
    prefillS,
    firstStepS,
    lastStepS,
    meanStepS,
    totalS,
    tokensPerS: (batchSize * outputTokens) / totalS,
    decodeBound: middle.memory >= middle.compute ? "memory" : "compute",
    weightBytesPerAccelerator,
    kvBytesPerAccelerator,
    fits: weightBytesPerAccelerator + kvBytesPerAccelerator <= accelerator.memoryBytes,
  };
}

/** Bytes of weights that a pass over `tokens` tokens reads; the embedding is a look-up of a few rows. */
function weightTraffic(shape: TransformerShape, bits: number, tokens: number): number {
  const counts = countParams(shape);
  const head = shape.tiedEmbeddings ? shape.vocabSize * shape.hiddenSize : counts.head;
  let read = counts.attention + counts.feedForward;
  if (shape.experts) {
    const { nExperts, expertsPerToken, expertSize, denseLayers = 0 } = shape.experts;
    const expert = (shape.gated ? 3 : 2) * shape.hiddenSize * expertSize;
    const touched = expectedDistinctExperts({ nExperts, perToken: expertsPerToken, batchSize: tokens });
    read -= (shape.nLayers - denseLayers) * expert * (nExperts - touched);
  }
  return (head + counts.norms) * 2 + (read * bits) / 8;
}

/**
 * US dollars for a million output tokens: tensorParallel·usdPerHour/3600/tokensPerS·10⁶.
 *
 * @throws RangeError unless tokensPerS and the number of accelerators are positive
 * @example
 * import { usdPerMillionTokens } from "isoflop";
 * usdPerMillionTokens({ tokensPerS: 1000, accelerators: 1, usdPerHour: 3.6 }); // => 1
 */
export function usdPerMillionTokens(serving: {
  readonly tokensPerS: number;
  readonly accelerators: number;
  readonly usdPerHour: number;
}): number {
  const { tokensPerS, accelerators, usdPerHour } = serving;
  requireAbove("tokensPerS", tokensPerS, 0, "give the tokens of all sequences in a second");
  requireAbove("accelerators", accelerators, 0, "give how many serve together");
  return ((accelerators * usdPerHour) / 3600 / tokensPerS) * 1e6;
}
