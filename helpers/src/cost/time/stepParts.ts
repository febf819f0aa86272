import type { CheckedLayout } from "../layout/Layout.ts";
import type { MachineRates } from "./machineRates.ts";
import { attentionFlops, type ModelWork } from "./modelWork.ts";
import { stepPartNames } from "./priorConstants.ts";

/** Fields of a layout that the time of a step depends on; a checked layout has them. */
export type TimedLayout = Pick<
  CheckedLayout,
  | "devices"
  | "tensorParallel"
  | "pipelineParallel"
  | "interleave"
  | "contextParallel"
  | "expertParallel"
  | "dataParallel"
  | "zeroStage"
  | "shardDevices"
  | "microBatch"
  | "microBatches"
  | "globalBatch"
  | "attention"
> & { readonly recompute: "none" | "selective" | "full" };

/** Parts from here on happen once a step or beside it, so that the bubble of the pipeline does not stretch them. */
export const firstPartOfStep = stepPartNames.indexOf("gathers");

/** Seconds of a unit of `launches`: one block of one micro-batch, forward and backward. */
const launchSeconds = 1e-4;

/** What a step goes over. */
export interface StepOf {
  readonly sequenceTokens: number;
  /** Bytes of an operand of the products: 2, 1 or 0.5. */
  readonly operandBytes: number;
  /** Whether base weights are frozen, so that their gradients are not computed (LoRA). */
  readonly frozen: boolean;
}

/**
 * Ideal seconds of every part of a step on each device, in the order of `stepPartNames`, written into `seconds`; returns
 * the share by which the bubble of the pipeline lengthens it: (p − 1)/(v·m) for 1F1B with p stages, v groups a stage and
 * m micro-batches.
 *
 * Sources: Narayanan et al. 2021 (arXiv 2104.04473) for the bubble; Korthikanti et al. 2022 (arXiv 2205.05198) for what
 * tensor and sequence parallelism exchange; Rajbhandari et al. 2020 (arXiv 1910.02054) for gathers and reductions.
 */
export function stepParts(
  work: ModelWork,
  layout: TimedLayout,
  rates: MachineRates,
  step: StepOf,
  seconds: Float64Array,
): number {
  const { tensorParallel: tp, pipelineParallel: pp, contextParallel: cp, expertParallel: ep } = layout;
  const { sequenceTokens, operandBytes, frozen } = step;
  const { flopsPerS, wideFlopsPerS, memoryBytesPerS } = rates;
  const tokens = (layout.globalBatch * sequenceTokens) / layout.devices;
  const again = layout.recompute === "full" ? 1 : 0;
  const passes = (frozen ? 2 : 3) + again;
  const model = tp * pp;
  const microBatches = layout.microBatches;
  const localLinks = (devices: number) =>
    devices <= rates.nodeDevices ? rates.nodeBytesPerS : rates.networkBytesPerS;

  seconds[0] = (tokens * work.denseFlops * passes) / flopsPerS;
  seconds[1] = (tokens * work.expertFlops * passes) / flopsPerS;
  seconds[2] = (tokens * work.headFlops * (frozen ? 2 : 3)) / wideFlopsPerS;
  // The backward pass of flash attention makes five products where the forward pass makes two.
  const attentionPasses = (layout.attention === "unfused" ? 3 : 3.5) + (layout.recompute === "none" ? 0 : 1);
  seconds[3] =
    (tokens * attentionFlops(work, sequenceTokens, layout.attention !== "unfused") * attentionPasses) /
    wideFlopsPerS;
  seconds[4] = (tokens * work.stateValues * (3 + again)) / wideFlopsPerS;
  // Attention that is not fused writes and reads its scores, as softmax and dropout do.
  const scores = layout.attention === "unfused" ? 5 * work.scoreHeads * sequenceTokens : 0;
  const scorePasses = layout.recompute === "none" ? 3 : 4;
  seconds[5] = (tokens * 2 * (work.passedValues * (3 + again) + scores * scorePasses)) / memoryBytesPerS;
  seconds[6] = (tokens * work.routedValues * 2 * (3 + again)) / memoryBytesPerS;
  seconds[7] = (tokens * work.logits * 12) / memoryBytesPerS;
  const held =
    (work.params - work.expertParams) / model + work.expertParams / (ep * pp * expertTensor(layout));
  const casts = (tokens * (work.passedValues + work.routedValues)) / 2 + microBatches * held;
  seconds[8] = operandBytes < 2 ? (casts * 3) / memoryBytesPerS : 0;
  // Weights are read three times, and gradients summed up in 32 bits, whatever the tokens of a micro-batch.
  seconds[9] = (microBatches * held * (frozen ? 2 * operandBytes : 3 * operandBytes + 8)) / memoryBytesPerS;
  const launches = (microBatches * (1 + again / 3) * launchSeconds) / pp;
  seconds[10] = launches * work.nBlocks;
  seconds[11] = launches * work.nExpertBlocks;
  // Gather and scatter once a block forward, twice backward (the input is gathered again).
  const exchanged = (tokens * tp * work.exchangedValues * 2 * (5 + 2 * again) * (tp - 1)) / tp / 2;
  seconds[12] = tp > 1 ? exchanged / localLinks(tp) : 0;
  const dispatched = (tokens * work.dispatchedValues * 2 * (4 + 2 * again) * (ep - 1)) / ep;
  seconds[13] = ep > 1 ? dispatched / localLinks(ep * Math.min(tp, expertTensor(layout))) : 0;
  seconds[14] = cp > 1 ? (tokens * work.keyValues * 2 * 3 * (cp - 1)) / tp / localLinks(tp * cp) : 0;
  const shards = layout.shardDevices;
  const shardLinks = localLinks(Math.min(layout.devices, shards * tp));
  const trained = frozen ? 0 : 1;
  if (layout.zeroStage === 3) {
    seconds[15] = (microBatches * held * 2 * (2 + trained) * (shards - 1)) / shards / shardLinks;
    seconds[16] = 0;
  } else {
    seconds[15] = 0;
    const replicas = layout.dataParallel * cp;
    const nonExpert = (work.params - work.expertParams) / model;
    const copies = Math.max(1, (replicas * tp) / (ep * expertTensor(layout)));
    const expert = work.expertParams / (ep * pp * expertTensor(layout));
    const each = 6 * trained;
    seconds[16] =
      (replicas > 1 ? (each * nonExpert * (replicas - 1)) / replicas / localLinks(replicas * tp) : 0) +
      (copies > 1 ? (each * expert * (copies - 1)) / copies / localLinks(replicas * tp) : 0);
  }
  const updated = layout.zeroStage > 0 ? (work.params * trained) / layout.devices : held * trained;
  seconds[17] = (updated * 28) / memoryBytesPerS;
  return (pp - 1) / (layout.interleave * microBatches);
}

/** Devices that share each matrix of an expert: as Megatron-Bridge, 1 where experts are spread. */
function expertTensor(layout: TimedLayout): number {
  return layout.expertParallel > 1 ? 1 : layout.tensorParallel;
}
