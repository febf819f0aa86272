import { type Block, blockTensors } from "../../models/blocks/Block.ts";
import { recurrentState } from "../../models/blocks/recurrentState.ts";
import { tensorSize } from "../../models/blocks/Tensor.ts";
import type { Model } from "../../models/Model.ts";
import { modelFromShape } from "../../models/modelFromShape.ts";
import type { TransformerShape } from "../../models/TransformerShape.ts";
import {
  refusal,
  requireAbove,
  requireAtLeast,
  requirePositive,
  requireWhole,
} from "../../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { expectedDistinctExperts } from "../arithmetic/expectedDistinctExperts.ts";
import { matrixFlops, mixingFlops } from "../arithmetic/forwardFlops.ts";
import { mixedValues } from "./mixedValues.ts";

/** What a pass goes over. */
export interface RooflinePass {
  /** Tokens of a sequence that the pass computes; 1 in a decode step. */
  readonly newTokens: number;
  /** Tokens of each sequence that went before. Default 0. */
  readonly cached?: number;
  /** Sequences. Default 1. */
  readonly batchSize?: number;
  /** "forward" (serving), or "training": the backward pass too. Default "forward". */
  readonly phase?: "forward" | "training";
  /** Bits of weights, values and cache. Default 16. */
  readonly bits?: 16 | 8 | 4;
}

/** Work of one part of a model in a pass, all its layers together, beside the roof of an accelerator. */
export interface RooflinePoint {
  readonly part:
    | "attention matrices"
    | "attention scores"
    | "recurrence"
    | "feed-forward"
    | "experts"
    | "head";
  readonly flops: number;
  /** Bytes that have to move to and from memory at least. */
  readonly bytes: number;
  /** FLOPs a byte. */
  readonly intensity: number;
  /** FLOP/s under the roof: min(peak, intensity · bandwidth). */
  readonly flopsPerS: number;
  /** At that rate. */
  readonly seconds: number;
  readonly bound: "compute" | "memory";
}

/** Rates of an accelerator that make a roof. */
export interface RoofRates {
  readonly name: string;
  readonly memoryBytesPerS: number;
  readonly peakFlopsPerS: { readonly 16: number; readonly 8?: number; readonly 4?: number };
}

/**
 * Where the parts of a model stand under the roof of an accelerator: FLOPs over the bytes that must move, and the rate
 * that the lesser of peak and bandwidth allows.
 *
 * Bytes count each weight once a pass (of experts those that the batch reaches), inputs and outputs of the matrices once,
 * of the cache once a pass what the new tokens see (a window sees its last tokens only), and recurrent states once in and
 * once out; scores stay on chip (flash attention). Training triples FLOPs and bytes of values and weights.
 *
 * Source: Williams, Waterman and Patterson 2009 (roofline); counts as `forwardFlops` and `kvCache` have them.
 *
 * @throws RangeError on token counts outside their domain, or bits without a peak
 * @example
 * import { accelerators, modelRoofline, modelShape } from "isoflop";
 * const decode = modelRoofline(modelShape("Llama-3-8B"), accelerators["h100-sxm-80gb"], { newTokens: 1, cached: 4096 });
 * decode.map(({ part, bound }) => `${part}: ${bound}`)[0]; // => "attention matrices: memory"
 */
export function modelRoofline(
  shape: TransformerShape | Model,
  accelerator: RoofRates,
  pass: RooflinePass,
): RooflinePoint[] {
  requireOptions("modelRoofline", pass, ["newTokens", "cached", "batchSize", "phase", "bits"]);
  requireRates(accelerator);
  const { newTokens, cached = 0, batchSize = 1, phase = "forward", bits = 16 } = pass;
  requireWhole("newTokens", newTokens, 1, "give the tokens of the pass; 1 in a decode step");
  requireAtLeast("cached", cached, 0, "give the tokens in the cache; 0 for none");
  requireWhole("batchSize", batchSize, 1, "give the sequences");
  requireOneOf("phase", phase, ["forward", "training"]);
  const peak = accelerator.peakFlopsPerS[bits];
  requireAbove(`peak of ${accelerator.name} at ${bits} bits`, peak ?? Number.NaN, 0, "take bits: 16");
  const model = modelFromShape(shape);
  const width = bits / 8;
  const tokens = newTokens * batchSize;
  const passes = phase === "training" ? 3 : 1;
  const totals = new Map<RooflinePoint["part"], { flops: number; bytes: number }>();
  const add = (part: RooflinePoint["part"], flops: number, bytes: number) => {
    const total = totals.get(part) ?? { flops: 0, bytes: 0 };
    totals.set(part, { flops: total.flops + passes * flops, bytes: total.bytes + passes * bytes });
  };
  const latent = cached > 0 ? "absorbed" : "expanded";
  for (const block of [...model.layers.flatMap(({ blocks }) => blocks), ...model.output]) {
    const part = partOf(block);
    if (!part) continue;
    const matrices = matrixWork(block, tokens);
    add(part, matrixFlops(block) * tokens + tiedHead(block, tokens), width * matrices);
    const mixing = mixingFlops(block, { newTokens, cached, causal: true, latent }) * batchSize;
    if (mixing === 0) continue;
    const mixer = recurrentState(block) ? "recurrence" : "attention scores";
    add(mixer, mixing, width * mixedValues(block, { newTokens, cached, latent }) * batchSize);
  }
  return [...totals].map(([part, { flops, bytes }]) => {
    const intensity = flops / bytes;
    const flopsPerS = Math.min(peak!, intensity * accelerator.memoryBytesPerS);
    const bound = flopsPerS < peak! ? "memory" : "compute";
    return { part, flops, bytes, intensity, flopsPerS, seconds: flops / flopsPerS, bound };
  });
}

/** Throws unless an accelerator has what makes a roof. */
export function requireRates(accelerator: RoofRates): void {
  requirePositive("accelerator.memoryBytesPerS", accelerator?.memoryBytesPerS, "give one of `accelerators`");
  if (typeof accelerator.peakFlopsPerS !== "object" || accelerator.peakFlopsPerS === null) {
    const wanted = "must have FLOP/s by bits, such as { 16: 989e12 }";
    throw refusal(
      "accelerator.peakFlopsPerS",
      wanted,
      accelerator.peakFlopsPerS,
      "give one of `accelerators`",
    );
  }
}

function partOf(block: Block): RooflinePoint["part"] | undefined {
  switch (block.kind) {
    case "attention":
    case "latent-attention":
    case "linear-attention":
    case "state-space":
    case "gated-recurrence":
    case "short-convolution":
      return "attention matrices";
    case "feed-forward":
    case "experts":
      return block.kind;
    case "head":
      return "head";
    default:
      return undefined;
  }
}

/** A tied head has no matrix of its own, but multiplies by the table. */
const tiedHead = (block: Block, tokens: number) =>
  block.kind === "head" && block.tied ? 2 * block.rows * block.width * tokens : 0;

/** Values that the matrices of a block move: weights once, inputs and outputs a token. */
function matrixWork(block: Block, tokens: number): number {
  if (block.kind === "head") return block.rows * block.width + tokens * (block.rows + block.width);
  let values = 0;
  for (const tensor of blockTensors(block)) {
    if (tensor.role !== "matrix" && tensor.role !== "kernel") continue;
    const [outputs = 0, inputs = 0] = tensor.shape;
    if (tensor.routed && block.kind === "experts") {
      const { nExperts, perToken } = block;
      const reached = expectedDistinctExperts({ nExperts, perToken, batchSize: tokens });
      values += (tensorSize(tensor) / nExperts) * reached + tokens * perToken * (outputs + inputs);
    } else values += tensorSize(tensor) + tokens * (outputs + inputs);
  }
  return values;
}
