import { positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Effect of retrieval on Llama-2 7B; from a secondary source (Shao et al. 2024, Table 3).
 *
 * - `metric`: task and metric
 * - `lmOnly`: without retrieval (see unit)
 * - `withMassiveds`: with retrieval (see unit)
 * - `unit`: % or perplexity
 *
 * @example
 * import { massivedsLlama2 } from "isoflop-datasets";
 * massivedsLlama2().length; // => 6
 */
export const massivedsLlama2 = defineTable("massiveds_llama2", {
  metric: text("metric"),
  lmOnly: positive("lm_only"),
  withMassiveds: positive("with_massiveds"),
  unit: text("unit"),
});
