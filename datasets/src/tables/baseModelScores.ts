import { number, optional, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Scores, sizes, tokens and release dates of 148 base models.
 *
 * - `model`: Hugging Face name
 * - `family`: model family
 * - `nParams`: size; active parameters for most mixtures of experts (parameters)
 * - `nTokens`: training tokens (tokens)
 * - `mmlu`: MMLU accuracy
 * - `gsm8k`: GSM8K accuracy
 * - `humaneval`: HumanEval pass@1
 * - `arcC`: ARC challenge accuracy
 * - `hellaswag`: HellaSwag accuracy
 * - `winogrande`: WinoGrande accuracy
 * - `truthfulqa`: TruthfulQA accuracy
 * - `xwinograd`: XWinograd accuracy
 * - `releaseDate`: ISO date
 * - `dateSource`: where the date is from
 *
 * @example
 * import { baseModelScores } from "isoflop-datasets";
 * baseModelScores().filter((model) => model.releaseDate !== undefined).length; // => 103
 */
export const baseModelScores = defineTable("base_model_scores", {
  model: text("model"),
  family: text("family"),
  nParams: optional(positive("n_params")),
  nTokens: optional(positive("n_tokens")),
  mmlu: optional(number("mmlu", { min: 0, max: 1 })),
  gsm8k: optional(number("gsm8k", { min: 0, max: 1 })),
  humaneval: optional(number("humaneval", { min: 0, max: 1 })),
  arcC: optional(number("arc_c", { min: 0, max: 1 })),
  hellaswag: optional(number("hellaswag", { min: 0, max: 1 })),
  winogrande: optional(number("winogrande", { min: 0, max: 1 })),
  truthfulqa: optional(number("truthfulqa", { min: 0, max: 1 })),
  xwinograd: optional(number("xwinograd", { min: 0, max: 1 })),
  releaseDate: optional(text("release_date")),
  dateSource: optional(text("date_source")),
});
