import type { Accelerator } from "../../catalog/accelerators/Accelerator.ts";
import type { EfficiencyPreset } from "../../catalog/accelerators/efficiencyPresets.ts";
import type { Model } from "../../models/Model.ts";
import { modelFromShape } from "../../models/modelFromShape.ts";
import type { TransformerShape } from "../../models/TransformerShape.ts";
import { describeGiven } from "../../numerics/arguments/describeGiven.ts";
import {
  requireAbove,
  requireAtLeast,
  requireEfficiency,
  requireWhole,
} from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { forwardFlops } from "../arithmetic/forwardFlops.ts";
import { meanOverSteps } from "./meanOverSteps.ts";
import { servingMemory } from "./servingMemory.ts";
import { cacheTraffic, weightTraffic } from "./stepTraffic.ts";

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
  /** Seconds of the first and the last decode step, and the mean of all. */
  readonly firstStepS: number;
  readonly lastStepS: number;
  readonly meanStepS: number;
  /** prefillS + (outputTokens − 1)·meanStepS: the prefill gives the first token. */
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
  /** Most requests, and most tokens of each, that fit so. */
  readonly largestBatch: number;
  readonly largestContext: number;
  /** What to know before the times are believed; where the batch does not fit, that they are of no real machine. */
  readonly notes: readonly string[];
}

/**
 * Ideal roofline of serving a static batch: each phase takes max(FLOPs/(compute·peak·T), bytes/(memory·bandwidth)) plus a
 * time per layer, on T accelerators.
 *
 * Prefill computes all prompt tokens with causal attention and one row of logits a request, and reads the
 * weights once. A decode step computes one token a request, reads the weights once (of a mixture the
 * experts the batch is expected to touch, see {@link expectedDistinctExperts}) and every request's KV cache
 * once; latent attention decodes in absorbed form. The mean over the steps is exact, through the places where a window
 * fills or the bound changes. Traffic between accelerators is not modelled; the efficiency presets, fitted to
 * measurements, absorb it. Weights are divided over accelerators, caches as {@link kvCache} says.
 *
 * @throws RangeError on counts outside their domain, accelerators that do not divide the heads, or a precision the
 *   accelerator lacks
 * @example
 * import { accelerators, estimateServing, modelShape } from "isoflop";
 * const estimate = estimateServing(modelShape("Llama-2-7B"), {
 *   accelerator: accelerators["a100-sxm-80gb"], promptTokens: 512, outputTokens: 128,
 * });
 * (1000 * estimate.firstStepS).toFixed(1); // => "6.6"
 */
export function estimateServing(shape: TransformerShape | Model, request: ServingRequest): ServingEstimate {
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
  requireAtLeast("efficiency secondsPerLayer", secondsPerLayer, 0, "give seconds, such as 78e-6");
  if (typeof accelerator?.peakFlopsPerS !== "object") {
    const given = describeGiven(accelerator);
    throw new TypeError(
      `accelerator must be a data sheet, such as findAccelerator("h100 sxm") gives, got ${given}`,
    );
  }
  const peak = accelerator.peakFlopsPerS[activationBits];
  if (!peak) {
    throw new RangeError(
      `${accelerator.name} has no ${activationBits}-bit peak rate; choose other activationBits`,
    );
  }
  requireAbove("accelerator.peakFlopsPerS", peak, 0, "take it from the data sheet");
  requireAbove("accelerator.memoryBytesPerS", accelerator.memoryBytesPerS, 0, "take it from the data sheet");
  const model = modelFromShape(shape);
  if (model.layers.length === 0) {
    throw new RangeError(
      `${model.name || "the model"} (${model.modelType}) writes no tokens, so that there is nothing to serve; give a decoder`,
    );
  }
  const contextTokens = promptTokens + outputTokens;
  const held = servingMemory(model, {
    accelerator,
    contextTokens,
    batchSize,
    tensorParallel,
    weightBits,
    kvBits,
    memoryShare: 1,
  });
  const overhead = secondsPerLayer * model.layers.length;
  const flopRate = compute * peak * tensorParallel;
  const byteRate = memory * accelerator.memoryBytesPerS;

  const prefillFlops = batchSize * forwardFlops(model, { newTokens: promptTokens, logitTokens: 1 }).total;
  const weights = (tokens: number) => weightTraffic(model, { bits: weightBits, tokens, tensorParallel });
  const prefillBytes = weights(batchSize * promptTokens);
  const prefillS = Math.max(prefillFlops / flopRate, prefillBytes / byteRate) + overhead;
  const stepBytes = weights(batchSize);
  const step = (cached: number) => {
    const flops = batchSize * forwardFlops(model, { newTokens: 1, cached, latent: "absorbed" }).total;
    const cache = batchSize * cacheTraffic(model, { cached, bits: kvBits, tensorParallel });
    return { compute: flops / flopRate, memory: (stepBytes + cache) / byteRate };
  };
  const seconds = (cached: number) => {
    const times = step(cached);
    return Math.max(times.compute, times.memory) + overhead;
  };
  const last = Math.max(promptTokens, contextTokens - 2);
  const breaks = spanBreaks(model, promptTokens, last);
  const meanStepS = meanOverSteps(step, { first: promptTokens, last, breaks }) + overhead;
  const totalS = prefillS + (outputTokens - 1) * meanStepS;
  const middle = step(Math.floor((promptTokens + last) / 2));
  return {
    prefillS,
    firstStepS: seconds(promptTokens),
    lastStepS: seconds(last),
    meanStepS,
    totalS,
    tokensPerS: (batchSize * outputTokens) / totalS,
    decodeBound: middle.memory >= middle.compute ? "memory" : "compute",
    weightBytesPerAccelerator: held.weightBytesPerDevice,
    kvBytesPerAccelerator: held.cacheBytesPerDevice,
    fits: held.fits,
    largestBatch: held.largestBatch,
    largestContext: held.largestContext,
    notes: held.fits ? [] : [`${held.note}; the times are of a machine with enough memory`],
  };
}

/** Cached tokens from which on a layer no longer sees one more each step: windows that are full, chunks that begin. */
function spanBreaks(model: Model, first: number, last: number): number[] {
  const breaks = new Set<number>();
  for (const { blocks } of new Set(model.layers)) {
    for (const block of blocks) {
      if (block.kind === "latent-attention" && block.indexer) breaks.add(block.indexer.topTokens);
      if (!("span" in block)) continue;
      const { span } = block;
      if (span.kind === "window") breaks.add(span.tokens);
      if (span.kind === "chunk") {
        const begun = Math.ceil(first / span.tokens) * span.tokens;
        for (let at = begun; at <= last; at += span.tokens) breaks.add(at);
      }
    }
  }
  // A piece ends before the break, where the step still grows, and the next begins at it.
  return [...breaks].flatMap((at) => [at, at + 1]);
}
