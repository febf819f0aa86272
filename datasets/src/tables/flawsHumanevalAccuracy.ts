import { number, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Single-sample and conditional accuracy of 17 models on HumanEval (Stroebl et al. 2024).
 *
 * - `model`: model
 * - `passAt1Plus`: share of samples that pass the full tests (HumanEval+)
 * - `accuracyGivenBasePass`: share passing the full tests among those passing the weak ones
 *
 * @example
 * import { flawsHumanevalAccuracy } from "isoflop-datasets";
 * flawsHumanevalAccuracy().length; // => 17
 */
export const flawsHumanevalAccuracy = defineTable("flaws_humaneval_accuracy", {
  model: text("model"),
  passAt1Plus: number("pass_at_1_plus", { min: 0, max: 1 }),
  accuracyGivenBasePass: number("accuracy_given_base_pass", { min: 0, max: 1 }),
});
