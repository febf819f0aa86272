import { integer, number, optional, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Trainable parameters and accuracies of MoLA and others on LLaMA-2-7B.
 *
 * Source: Gao et al. 2024 (arXiv 2402.08562), Table 1.
 *
 * @example
 * import { molaTrainableParams } from "isoflop-datasets";
 * molaTrainableParams().find((row) => row.expertsPerGroup === "8888")?.trainableParams; // => 169017344
 */
export const molaTrainableParams = defineTable("mola_trainable_params", {
  method: text("method"),
  expertsPerGroup: optional(text("experts_per_group")),
  trainableParams: integer("trainable_params", { min: 1 }),
  mrpc: number("mrpc", { min: 0, max: 100 }),
  cola: number("cola", { min: 0, max: 100 }),
  rte: number("rte", { min: 0, max: 100 }),
  scienceQa: number("scienceqa", { min: 0, max: 100 }),
  commonsenseQa: number("commonsenseqa", { min: 0, max: 100 }),
  openbookQa: number("openbookqa", { min: 0, max: 100 }),
});
