import { flag, integer, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * The heat map of optimal sample counts of Stroebl et al. 2024.
 *
 * - `model`: model
 * - `costRatio`: cost of a false positive over the benefit of a true one
 * - `optimalKReported`: annotation of the cell (samples)
 * - `likelyFloatSaturation`: 1 where the reported value is above 40
 *
 * @example
 * import { flawsTwoTypeOptimalK } from "isoflop-datasets";
 * flawsTwoTypeOptimalK().filter((row) => row.model === "Llama 3.1 8B").map((row) => row.optimalKReported); // => [82, 81, 81, 80, 79, 76, 3, 2, 2, 2, 1, 1, 0]
 */
export const flawsTwoTypeOptimalK = defineTable("flaws_two_type_optimal_k", {
  model: text("model"),
  costRatio: positive("cost_ratio"),
  optimalKReported: integer("optimal_k_reported", { min: 0 }),
  likelyFloatSaturation: flag("likely_float_saturation"),
});
