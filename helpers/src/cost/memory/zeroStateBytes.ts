import {
  requirePositive,
  requireWhole,
  requireWholeBetween,
} from "../../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requireRecipe, type TrainingRecipe, type TrainingRecipeName } from "../layout/trainingRecipes.ts";
import type { ZeroStage } from "../layout/ZeroStage.ts";

/** Bytes of model states by what they hold. */
export interface StateBytes {
  readonly weights: number;
  readonly gradients: number;
  readonly gradientCopy: number;
  readonly weightCopy: number;
  readonly states: number;
  readonly total: number;
}

/** What a device holds, and what it keeps in the memory of its host. */
export interface ZeroStateBytes extends StateBytes {
  readonly host: StateBytes;
}

/** The setting of `zeroStateBytes`. */
export interface ZeroSetting {
  /** Trained parameters that the data-parallel devices share: with model parallelism, those of one part. */
  readonly params: number;
  /** Devices that hold the same parameters and divide the states. Default 1. */
  readonly dataParallel?: number;
  /** Default 0. */
  readonly stage?: ZeroStage;
  /** Default "fp16-adam", the 16 bytes of the ZeRO paper. */
  readonly recipe?: TrainingRecipeName | TrainingRecipe;
  /**
   * What moves to the memory of the host: "optimizer" all but the weights (and, below stage 2, the gradients), "all"
   * everything, which needs stage 3. Default "none".
   */
  readonly offload?: "none" | "optimizer" | "all";
}

/**
 * Bytes of model states on one device under ZeRO or FSDP: of each part b·P, or b·P/d where the stage shards it over d
 * data-parallel devices. At 16 bytes: 16 P, 4 P + 12 P/d, 2 P + 14 P/d, 16 P/d for stages 0 to 3.
 *
 * Not counted: activations, the layer that stage 3 gathers, buffers of the communication, fragmentation.
 *
 * Source: Rajbhandari et al. 2020 (arXiv 1910.02054), section 5 and Table 1; offloading after Ren et al. 2021
 * (ZeRO-Offload, arXiv 2101.06840) and DeepSpeed's documentation of memory requirements.
 *
 * @throws RangeError on parameters that are not > 0, an unknown stage or recipe, or weights offloaded below stage 3
 * @example
 * import { zeroStateBytes } from "isoflop";
 * zeroStateBytes({ params: 7.5e9, dataParallel: 64, stage: 1 }).total / 1e9; // => 31.40625
 * zeroStateBytes({ params: 7.5e9, dataParallel: 64, stage: 3 }).total / 1e9; // => 1.875
 * zeroStateBytes({ params: 1e9, stage: 2, offload: "optimizer" }).total; // => 2000000000
 */
export function zeroStateBytes(setting: ZeroSetting): ZeroStateBytes {
  requireOptions("zeroStateBytes", setting, ["params", "dataParallel", "stage", "recipe", "offload"]);
  const { params, dataParallel = 1, stage = 0, offload = "none" } = setting;
  requirePositive("params", params, "give the parameters, such as 7e9");
  const perParam = zeroBytesPerParam({ dataParallel, stage, recipe: setting.recipe ?? "fp16-adam" });
  requireOneOf("offload", offload, ["none", "optimizer", "all"]);
  if (offload === "all" && stage !== 3) {
    throw new RangeError(
      `offload must be none or optimizer at stage ${stage}, got all; weights leave the device at stage 3 only`,
    );
  }
  const away = {
    weights: offload === "all",
    gradients: offload === "all" || (offload === "optimizer" && stage >= 2),
    gradientCopy: offload !== "none",
    weightCopy: offload !== "none",
    states: offload !== "none",
  };
  return { ...partsOf(perParam, params, away, false), host: partsOf(perParam, params, away, true) };
}

/** Bytes for each parameter on one device, by part. */
export function zeroBytesPerParam(setting: {
  readonly dataParallel: number;
  readonly stage: ZeroStage;
  readonly recipe: TrainingRecipeName | TrainingRecipe;
}): TrainingRecipe {
  const { dataParallel, stage } = setting;
  requireWhole("dataParallel", dataParallel, 1, "1 for a single device");
  requireWholeBetween("stage", stage, 0, 3, "0 shards nothing, 3 everything");
  const recipe = requireRecipe(setting.recipe);
  const shard = (bytes: number, from: ZeroStage) => (stage >= from ? bytes / dataParallel : bytes);
  return {
    weights: shard(recipe.weights, 3),
    gradients: shard(recipe.gradients, 2),
    gradientCopy: shard(recipe.gradientCopy, 1),
    weightCopy: shard(recipe.weightCopy, 1),
    states: shard(recipe.states, 1),
  };
}

function partsOf(
  perParam: TrainingRecipe,
  params: number,
  away: Readonly<Record<keyof TrainingRecipe, boolean>>,
  host: boolean,
): StateBytes {
  const bytes = (part: keyof TrainingRecipe) => (away[part] === host ? perParam[part] * params : 0);
  const weights = bytes("weights");
  const gradients = bytes("gradients");
  const gradientCopy = bytes("gradientCopy");
  const weightCopy = bytes("weightCopy");
  const states = bytes("states");
  const total = weights + gradients + gradientCopy + weightCopy + states;
  return { weights, gradients, gradientCopy, weightCopy, states, total };
}
