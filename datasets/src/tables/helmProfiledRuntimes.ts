import { integer, number, oneOf, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Runtimes of single requests measured with Megatron by Narayanan et al. 2023, the data behind the
 * idealized runtime T(p, o) = F(p) + (o - 1) G.
 *
 * - `hardware`: accelerator
 * - `modelKey`: the shape that was profiled; joins to helm_models
 * - `promptTokens`: tokens in the prompt (tokens)
 * - `outputTokens`: tokens generated (tokens)
 * - `runtimeS`: mean of 50 runs after 10 warm-up runs, rounded to 1 ms (s)
 * - `runtimeStdS`: standard deviation over the 50 runs (s)
 * - `runtimeMultiplier`: factor from the profiled to the full model
 *
 * @example
 * import { helmProfiledRuntimes } from "isoflop-datasets";
 * helmProfiledRuntimes().filter((run) => run.hardware === "a100" && run.modelKey === "bloom").length; // => 270
 */
export const helmProfiledRuntimes = defineTable("helm_profiled_runtimes", {
  hardware: oneOf("hardware", ["a100", "v100"]),
  modelKey: text("model_key"),
  promptTokens: integer("prompt_tokens", { min: 1 }),
  outputTokens: integer("output_tokens", { min: 1 }),
  runtimeS: positive("runtime_s"),
  runtimeStdS: number("runtime_std_s", { min: 0 }),
  runtimeMultiplier: integer("runtime_multiplier", { min: 1 }),
});
