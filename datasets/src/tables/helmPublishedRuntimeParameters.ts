import { integer, number, oneOf, optional, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * The runtime parameters that HELM ships for 19 idealized and 18 denoised models.
 *
 * - `kind`: which runtime
 * - `model`: HELM model name
 * - `secondsPerOutputToken`: G (s)
 * - `overheadS`: constant overhead, denoised only (s)
 * - `promptTokens`: prompt size p (tokens)
 * - `promptSeconds`: F(p) (s)
 *
 * @example
 * import { helmPublishedRuntimeParameters } from "isoflop-datasets";
 * helmPublishedRuntimeParameters().find((row) => row.model === "openai/davinci")?.secondsPerOutputToken; // => 0.081
 */
export const helmPublishedRuntimeParameters = defineTable("helm_published_runtime_parameters", {
  kind: oneOf("kind", ["idealized_a100", "denoised_api"]),
  model: text("model"),
  secondsPerOutputToken: positive("seconds_per_output_token"),
  overheadS: optional(number("overhead_s", { min: 0 })),
  promptTokens: integer("prompt_tokens", { min: 1 }),
  promptSeconds: number("prompt_seconds", { min: 0 }),
});
