import { refusal, requireNonNegative } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";

/** Bytes that training keeps for each parameter, by what they hold; `trainingRecipes` has those of real stacks. */
export interface TrainingRecipe {
  /** Weights that the products read. ZeRO shards them at stage 3. */
  readonly weights: number;
  /** Gradients as the backward pass leaves or accumulates them, sharded from stage 2. */
  readonly gradients: number;
  /** A second copy of the gradients for the optimiser step, sharded from stage 1. */
  readonly gradientCopy: number;
  /** Copy of the weights in float32 that the optimiser updates, sharded from stage 1. */
  readonly weightCopy: number;
  /** States of the optimiser, such as the two moments of Adam, sharded from stage 1. */
  readonly states: number;
}

const recipe = (
  weights: number,
  gradients: number,
  gradientCopy: number,
  weightCopy: number,
  states: number,
): TrainingRecipe => Object.freeze({ weights, gradients, gradientCopy, weightCopy, states });

/**
 * Bytes for each parameter of common ways to train, by the stack that keeps them so:
 *
 * | name | bytes | weights + gradients + copy of gradients + copy of weights + states |
 * |---|---|---|
 * | `fp16-adam` | 16 | 2 + 2 + 0 + 4 + 8: mixed precision as ZeRO counts it |
 * | `megatron-bf16` | 18 | 2 + 4 + 0 + 4 + 8: gradients accumulated in float32 |
 * | `megatron-fp16` | 20 | 2 + 2 + 4 + 4 + 8: gradients turned to float32 for the step; DeepSpeed's ZeRO-2 estimate |
 * | `fp32-adam` | 16 | 4 + 4 + 0 + 0 + 8: float32, also with autocast, whose 16-bit copies live within a step |
 * | `mixed-adam-8bit` | 12 | 2 + 4 + 0 + 4 + 2: states of 8 bits, of which the constants (0.03 bytes) come on top |
 * | `bf16-adam` | 8 | 2 + 2 + 0 + 0 + 4: all of it in bf16 |
 * | `bf16-adam-8bit` | 6 | 2 + 2 + 0 + 0 + 2 |
 * | `fp32-sgd` | 8 | 4 + 4: no momentum |
 * | `bf16-mezo` | 2 | 2: two forward passes and no gradient, as inference (MeZO) |
 *
 * Sources: Rajbhandari et al. 2020 (arXiv 1910.02054), section 3.1; Megatron Core developer guide, distributed optimizer
 * (20, 18 and 16 bytes); Hugging Face transformers, "GPU memory usage" (6 + 4 + 8 and 6 + 4 + 2 bytes); Malladi et al. 2023 (arXiv 2305.17333); dataset
 * `gpuTraining` (16 and 8 bytes measured).
 *
 * @example
 * import { recipeBytes, trainingRecipes } from "isoflop";
 * trainingRecipes["megatron-bf16"].gradients; // => 4
 * recipeBytes("megatron-fp16"); // => 20
 */
export const trainingRecipes = Object.freeze({
  "fp16-adam": recipe(2, 2, 0, 4, 8),
  "megatron-bf16": recipe(2, 4, 0, 4, 8),
  "megatron-fp16": recipe(2, 2, 4, 4, 8),
  "fp32-adam": recipe(4, 4, 0, 0, 8),
  "mixed-adam-8bit": recipe(2, 4, 0, 4, 2),
  "bf16-adam": recipe(2, 2, 0, 0, 4),
  "bf16-adam-8bit": recipe(2, 2, 0, 0, 2),
  "fp32-sgd": recipe(4, 4, 0, 0, 0),
  "bf16-mezo": recipe(2, 0, 0, 0, 0),
});

/** Name of a recipe of `trainingRecipes`. */
export type TrainingRecipeName = keyof typeof trainingRecipes;

const parts = ["weights", "gradients", "gradientCopy", "weightCopy", "states"] as const;

/** The recipe of a name, or the one given, checked. */
export function requireRecipe(given: TrainingRecipeName | TrainingRecipe): TrainingRecipe {
  if (typeof given === "string") {
    if (Object.hasOwn(trainingRecipes, given)) return trainingRecipes[given];
    const names = Object.keys(trainingRecipes).join(", ");
    throw refusal("recipe", `must be among ${names}`, given, "or give the bytes of each part");
  }
  requireOptions("recipe", given, parts);
  for (const part of parts) {
    requireNonNegative(`recipe.${part}`, given[part], "give bytes for each parameter, such as 4");
  }
  return given;
}

/**
 * Bytes for each parameter that a recipe keeps on one device without sharding.
 *
 * @throws RangeError on an unknown name or bytes below 0
 * @example
 * import { recipeBytes } from "isoflop";
 * recipeBytes("fp16-adam"); // => 16
 */
export function recipeBytes(given: TrainingRecipeName | TrainingRecipe): number {
  const recipe = requireRecipe(given);
  return parts.reduce((sum, part) => sum + recipe[part], 0);
}
