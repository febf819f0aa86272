import { oneOf, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * GPU memory of adapting OPT models by method, digitised from the memory figure of MeZO.
 *
 * Source: Malladi et al. 2023 (arXiv 2305.17333), figure as kept in princeton-nlp/MeZO.
 *
 * @example
 * import { mezoMemory } from "isoflop-datasets";
 * mezoMemory().filter((row) => row.method === "mezo").length; // => 5
 */
export const mezoMemory = defineTable("mezo_memory", {
  model: text("model"),
  paramsBillions: positive("params_billions"),
  method: oneOf("method", ["zero-shot", "icl", "ft", "ft-prefix", "mezo"]),
  memoryGb: positive("memory_gb"),
});
