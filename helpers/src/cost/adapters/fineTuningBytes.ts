import type { Model } from "../../models/Model.ts";
import type { TransformerShape } from "../../models/TransformerShape.ts";
import { requireAbove } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { weightBytes } from "../arithmetic/weightBytes.ts";
import { requireRecipe, type TrainingRecipe, type TrainingRecipeName } from "../layout/trainingRecipes.ts";
import type { AdapterMethod } from "./AdapterMethod.ts";
import { adapterParams } from "./adapterParams.ts";

/** Bytes of the states of fine-tuning; activations come on top. */
export interface FineTuningBytes {
  /** Frozen weights of the model. */
  readonly base: number;
  /** Trained values, their gradients and states; of sparse tuning the positions too. */
  readonly trained: number;
  readonly total: number;
}

/**
 * Bytes of the states of fine-tuning on one device: frozen weights at `bits` (embeddings and head at 16), and for each
 * trained value what the recipe keeps. Full fine-tuning freezes nothing. Sparse tuning adds 4 bytes a value for its
 * position. QLoRA: `bits: quantizedBits()`.
 *
 * @throws RangeError on an unknown method or recipe, or bits that are not > 0
 * @example
 * import { fineTuningBytes, modelShape, quantizedBits } from "isoflop";
 * const llama = modelShape("Llama-2-7B");
 * const method = { kind: "lora", rank: 64 } as const;
 * (fineTuningBytes(llama, { method }).total / 1e9).toFixed(1); // => "16.0"
 * (fineTuningBytes(llama, { method, bits: quantizedBits() }).total / 1e9).toFixed(1); // => "6.4"
 * (fineTuningBytes(llama, { method: { kind: "full" }, recipe: "fp16-adam" }).total / 1e9).toFixed(1); // => "107.8"
 */
export function fineTuningBytes(
  model: TransformerShape | Model,
  setting: {
    readonly method: AdapterMethod;
    /** Bits of a frozen weight. Default 16. */
    readonly bits?: number;
    /** What is kept for each trained value. Default "fp32-adam", as adapters are mostly trained. */
    readonly recipe?: TrainingRecipeName | TrainingRecipe;
  },
): FineTuningBytes {
  requireOptions("fineTuningBytes", setting, ["method", "bits", "recipe"]);
  const { method, bits = 16 } = setting;
  requireAbove("bits", bits, 0, "16 is usual");
  const recipe = requireRecipe(setting.recipe ?? "fp32-adam");
  const { trainable } = adapterParams(model, method);
  const perValue =
    recipe.weights + recipe.gradients + recipe.gradientCopy + recipe.weightCopy + recipe.states;
  const base = method.kind === "full" ? 0 : weightBytes(model, { bits });
  const trained = trainable * (perValue + (method.kind === "sparse" ? 4 : 0));
  return { base, trained, total: base + trained };
}
