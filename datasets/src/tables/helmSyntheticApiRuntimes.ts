import { integer, optional, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Mean API runtimes of synthetic requests to three AI21 models (Narayanan et al. 2023).
 *
 * - `date`: ISO date of the run
 * - `model`: AI21 model
 * - `requestedPromptTokens`: prompt size asked for (tokens)
 * - `requestedOutputTokens`: output size asked for (tokens)
 * - `rawRuntimeS`: mean runtime over the trials of the run (s)
 * - `actualPromptTokens`: prompt size the API reported (tokens)
 * - `actualOutputTokens`: output size the API reported (tokens)
 *
 * @example
 * import { helmSyntheticApiRuntimes } from "isoflop-datasets";
 * helmSyntheticApiRuntimes().length; // => 215
 */
export const helmSyntheticApiRuntimes = defineTable("helm_synthetic_api_runtimes", {
  date: text("date"),
  model: text("model"),
  requestedPromptTokens: integer("requested_prompt_tokens", { min: 1 }),
  requestedOutputTokens: integer("requested_output_tokens", { min: 1 }),
  rawRuntimeS: positive("raw_runtime_s"),
  actualPromptTokens: optional(integer("actual_prompt_tokens", { min: 1 })),
  actualOutputTokens: optional(integer("actual_output_tokens", { min: 0 })),
});
