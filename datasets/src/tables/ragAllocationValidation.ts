import { number, oneOf, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Tables 3 and 4 of Yue et al. 2024.
 *
 * - `experiment`: which test
 * - `target`: data set or change of length
 * - `metric`: metric
 * - `configuration`: how the configuration was chosen
 * - `scorePct`: score (%)
 *
 * @example
 * import { ragAllocationValidation } from "isoflop-datasets";
 * ragAllocationValidation().length; // => 72
 */
export const ragAllocationValidation = defineTable("rag_allocation_validation", {
  experiment: oneOf("experiment", ["domain_generalization_1M", "length_extrapolation"]),
  target: text("target"),
  metric: oneOf("metric", ["em", "f1", "acc"]),
  configuration: oneOf("configuration", ["baseline", "predict", "oracle"]),
  scorePct: number("score_pct", { min: 0, max: 100 }),
});
