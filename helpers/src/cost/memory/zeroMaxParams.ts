import { requireNonNegative, requirePositive, requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import type { TrainingRecipe, TrainingRecipeName } from "../layout/trainingRecipes.ts";
import type { ZeroStage } from "../layout/ZeroStage.ts";
import { zeroBytesPerParam } from "./zeroStateBytes.ts";

/**
 * Largest model whose states fit: m·(M − other)/bytes for each parameter, for m model-parallel parts on devices of M
 * bytes. Activations and buffers are what `otherBytes` is for.
 *
 * Source: Rajbhandari et al. 2020 (arXiv 1910.02054), Table 2.
 *
 * @returns parameters, rounded down; 0 where `otherBytes` fill the device
 * @throws RangeError on memory that is not > 0, degrees that are not whole, or an unknown stage or recipe
 * @example
 * import { zeroMaxParams } from "isoflop";
 * zeroMaxParams({ memoryBytes: 32e9, dataParallel: 64, stage: 3 }); // => 128000000000
 */
export function zeroMaxParams(setting: {
  /** Bytes of one device. */
  readonly memoryBytes: number;
  /** Devices that divide the states. Default 1. */
  readonly dataParallel?: number;
  /** Default 0. */
  readonly stage?: ZeroStage;
  /** Default "fp16-adam". */
  readonly recipe?: TrainingRecipeName | TrainingRecipe;
  /** Devices that each hold a part of the parameters. Default 1. */
  readonly modelParallel?: number;
  /** Bytes of a device that states cannot have. Default 0. */
  readonly otherBytes?: number;
}): number {
  requireOptions("zeroMaxParams", setting, [
    "memoryBytes",
    "dataParallel",
    "stage",
    "recipe",
    "modelParallel",
    "otherBytes",
  ]);
  const { memoryBytes, dataParallel = 1, stage = 0, modelParallel = 1, otherBytes = 0 } = setting;
  requirePositive("memoryBytes", memoryBytes, "give the memory of a device in bytes, such as 80e9");
  requireWhole("modelParallel", modelParallel, 1, "1 where each device holds all layers");
  requireNonNegative("otherBytes", otherBytes, "0 leaves all of the memory to the states");
  const bytes = zeroBytesPerParam({ dataParallel, stage, recipe: setting.recipe ?? "fp16-adam" });
  const each = bytes.weights + bytes.gradients + bytes.gradientCopy + bytes.weightCopy + bytes.states;
  if (each === 0) throw new RangeError("recipe must keep bytes for a parameter, got 0; any model fits");
  return Math.floor((modelParallel * Math.max(0, memoryBytes - otherBytes)) / each);
}
