import { integer, number, oneOf, optional, positive } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Mean errors behind the scaling law of Li et al. 2024.
 *
 * - `taskGroup`: which benchmarks
 * - `nParams`: size of the language model (parameters)
 * - `visualTokens`: visual tokens after compression (tokens)
 * - `meanScore`: mean score
 * - `meanError`: 1 - score
 *
 * @example
 * import { vlmTokenScaling } from "isoflop-datasets";
 * vlmTokenScaling().filter((row) => row.meanError !== undefined).length; // => 55
 */
export const vlmTokenScaling = defineTable("vlm_token_scaling", {
  taskGroup: oneOf("task_group", ["visual_reasoning", "ocr"]),
  nParams: positive("n_params"),
  visualTokens: integer("visual_tokens", { min: 1 }),
  meanScore: optional(number("mean_score", { min: 0, max: 1 })),
  meanError: optional(number("mean_error", { min: 0, max: 1 })),
});
