import { integer, number, oneOf, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Table 1 of Yue et al. 2024.
 *
 * - `maxContextTokens`: effective context length allowed (tokens)
 * - `method`: method
 * - `dataset`: question-answering data set
 * - `metric`: metric
 * - `scorePct`: score (%)
 *
 * @example
 * import { ragOptimalPerformance } from "isoflop-datasets";
 * Math.max(...ragOptimalPerformance().map((row) => row.maxContextTokens)); // => 5000000
 */
export const ragOptimalPerformance = defineTable("rag_optimal_performance", {
  maxContextTokens: integer("max_context_tokens", { min: 1 }),
  method: text("method"),
  dataset: text("dataset"),
  metric: oneOf("metric", ["em", "f1", "acc"]),
  scorePct: number("score_pct", { min: 0, max: 100 }),
});
