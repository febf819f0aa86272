import type { CheckedLayout } from "../../layout/Layout.ts";
import type { FineTuning, TrainingMemoryOptions } from "./MemoryParts.ts";
import type { ShardedParams } from "./shardedParams.ts";

/** Bytes of the model's states on a device, and on its host. */
export interface StateMemory {
  readonly weights: number;
  readonly castWeights: number;
  readonly gradients: number;
  readonly gradientCopy: number;
  readonly weightCopy: number;
  readonly states: number;
  readonly host: number;
}

/** Devices that hold the same experts and divide their states together. */
export function expertShard({
  shardDevices,
  dataParallel,
  contextParallel,
  expertReplicas,
  tensorParallel,
  expertParallel,
  expertTensorParallel,
}: CheckedLayout): number {
  if (shardDevices === dataParallel * contextParallel) return expertReplicas;
  const together = (shardDevices * tensorParallel) / (expertParallel * expertTensorParallel);
  return Math.min(expertReplicas, Math.max(1, Math.floor(together)));
}

/**
 * States of the parameters that a device holds: of each part of the recipe b·P, divided among the replicas from the
 * stage of ZeRO on that shards it; experts among the replicas of experts, which are fewer.
 *
 * @param modelParams of the whole model, of which `fineTuning.trainableParams` are a share
 */
export function stateMemory(
  params: ShardedParams,
  layout: CheckedLayout,
  options: TrainingMemoryOptions,
  modelParams: number,
): StateMemory {
  const { recipe, zeroStage, shardDevices, offload, productBits } = layout;
  const { stack = "megatron", fineTuning } = options;
  const experts = expertShard(layout);
  const shared = (from: number) =>
    zeroStage >= from ? params.dense / shardDevices + params.expert / experts : params.dense + params.expert;
  const away = (part: "optimizer" | "gradients" | "weights") =>
    offload === "all" ||
    (offload === "optimizer" && (part === "optimizer" || (part === "gradients" && zeroStage >= 2)));
  const bytes = tunedBytes(layout, fineTuning, modelParams);
  const all = {
    weights: bytes.weights * shared(3),
    gradients: bytes.gradients * shared(2),
    gradientCopy: bytes.gradientCopy * shared(1),
    weightCopy: bytes.weightCopy * shared(1),
    states: bytes.states * shared(1),
  };
  // A frozen base is kept in the bits that products read, so that autocast copies nothing.
  const casts =
    stack === "pytorch" && !fineTuning && recipe.weights === 4 && productBits < 32 && zeroStage < 3;
  let host = 0;
  const here = (part: keyof typeof all, of: "optimizer" | "gradients" | "weights") => {
    if (!away(of)) return all[part];
    host += all[part];
    return 0;
  };
  return {
    weights: here("weights", "weights"),
    castWeights: casts ? 2 * params.matrices : 0,
    gradients: here("gradients", "gradients"),
    gradientCopy: here("gradientCopy", "optimizer"),
    weightCopy: here("weightCopy", "optimizer"),
    states: here("states", "optimizer"),
    host,
  };
}

/** Bytes for each parameter of the model, frozen or trained, averaged over them. */
function tunedBytes({ recipe }: CheckedLayout, fineTuning: FineTuning | undefined, modelParams: number) {
  if (!fineTuning) return recipe;
  const { trainableParams, baseBits = 16, stateBytes, forwardOnly = false } = fineTuning;
  // Whoever trains as many as the model has trains those.
  const { addsParams = trainableParams !== modelParams } = fineTuning;
  const trained = trainableParams / modelParams;
  const base = baseBits / 8;
  // A frozen weight that is trained in part stays where it is; an added one is as wide as the recipe says.
  const weights = base + (addsParams ? trained * recipe.weights : 0);
  if (forwardOnly) return { weights, gradients: 0, gradientCopy: 0, weightCopy: 0, states: 0 };
  return {
    weights,
    gradients: trained * recipe.gradients,
    gradientCopy: trained * recipe.gradientCopy,
    weightCopy: trained * recipe.weightCopy,
    states: stateBytes === undefined ? trained * recipe.states : stateBytes / modelParams,
  };
}
