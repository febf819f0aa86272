import { number, oneOf, positive } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Perplexity and accuracies of a dense and a mixture-of-experts model under three schedulers, as printed
 * in Shen et al. 2024, Table 5.
 *
 * - `model`: architecture
 * - `scheduler`: learning-rate schedule
 * - `wikiPerplexity`: WikiText (perplexity)
 * - `arc`: ARC, normalised accuracy (%)
 * - `boolq`: BoolQ (%)
 * - `hellaswag`: HellaSwag, normalised (%)
 * - `openBookQa`: OpenBookQA, normalised (%)
 * - `piqa`: PIQA, normalised (%)
 * - `winogrande`: WinoGrande (%)
 * - `averagePrinted`: average as printed (%)
 *
 * @example
 * import { powerSchedulerTable5 } from "isoflop-datasets";
 * powerSchedulerTable5().length; // => 6
 */
export const powerSchedulerTable5 = defineTable("power_scheduler_table5", {
  model: oneOf("model", ["dense", "moe"]),
  scheduler: oneOf("scheduler", ["cosine", "wsd", "power"]),
  wikiPerplexity: positive("wiki_ppl"),
  arc: number("arc_accn", { min: 0, max: 100 }),
  boolq: number("boolq_acc", { min: 0, max: 100 }),
  hellaswag: number("hellaswag_accn", { min: 0, max: 100 }),
  openBookQa: number("obqa_accn", { min: 0, max: 100 }),
  piqa: number("piqa_accn", { min: 0, max: 100 }),
  winogrande: number("winogrande_acc", { min: 0, max: 100 }),
  averagePrinted: number("average_printed", { min: 0, max: 100 }),
});
