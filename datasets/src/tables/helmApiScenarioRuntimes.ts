import { number, optional, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * API runtimes and accuracies by scenario and model, the data behind the efficiency-capability trade-off
 * of Narayanan et al. 2023.
 *
 * - `scenario`: HELM scenario
 * - `model`: model, as in helm_models for the paper's ten
 * - `rawRuntimeS`: mean wall-clock time of the API (s)
 * - `idealizedRuntimeSV0`: idealized runtime by older, stale parameters (s)
 * - `meanPromptTokens`: mean prompt size (tokens)
 * - `meanOutputTokens`: mean tokens generated (tokens)
 * - `exactMatch`: mean exact-match accuracy
 *
 * @example
 * import { helmApiScenarioRuntimes } from "isoflop-datasets";
 * helmApiScenarioRuntimes().find((row) => row.scenario === "boolq")?.model; // => "openai_davinci"
 */
export const helmApiScenarioRuntimes = defineTable("helm_api_scenario_runtimes", {
  scenario: text("scenario"),
  model: text("model"),
  rawRuntimeS: optional(number("raw_runtime_s", { min: 0 })),
  idealizedRuntimeSV0: optional(number("idealized_runtime_s_v0", { min: 0 })),
  meanPromptTokens: optional(number("mean_prompt_tokens", { min: 0 })),
  meanOutputTokens: optional(number("mean_output_tokens", { min: 0 })),
  exactMatch: optional(number("exact_match", { min: 0, max: 1 })),
});
