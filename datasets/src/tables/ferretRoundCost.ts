import { integer, oneOf, optional, positive } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Time and traffic of one round of federated fine-tuning by method, second hand.
 *
 * Source: Shu et al. 2024 (arXiv 2409.06277), as copied in a public note.
 *
 * @example
 * import { ferretRoundCost } from "isoflop-datasets";
 * ferretRoundCost().find((row) => row.model === "LLaMA-3B" && row.method === "Ferret")?.totalS; // => 30.3
 */
export const ferretRoundCost = defineTable("ferret_round_cost", {
  model: oneOf("model", ["LLaMA-3B", "LLaMA2-7B"]),
  method: oneOf("method", ["FedKSeed", "FedAvg", "Ferret"]),
  localUpdateS: optional(positive("local_update_s")),
  aggregationS: optional(positive("aggregation_s")),
  totalS: positive("total_s"),
  numbersSent: positive("numbers_sent"),
  rounds: optional(integer("rounds", { min: 1 })),
});
