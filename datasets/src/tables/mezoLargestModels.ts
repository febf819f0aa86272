import { integer, oneOf, positive } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Largest OPT model that can be adapted on one to eight A100 by method.
 *
 * Source: Malladi et al. 2023 (arXiv 2305.17333), table as kept in princeton-nlp/MeZO.
 *
 * @example
 * import { mezoLargestModels } from "isoflop-datasets";
 * mezoLargestModels().find((row) => row.devices === 1 && row.method === "mezo")?.paramsBillions; // => 30
 */
export const mezoLargestModels = defineTable("mezo_largest_models", {
  devices: integer("devices", { min: 1 }),
  memoryGb: positive("memory_gb"),
  method: oneOf("method", ["ft", "ft-prefix", "mezo"]),
  paramsBillions: positive("params_billions"),
});
