import { number, oneOf, optional } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

const share = { min: 0, max: 1 };

/**
 * Exponents of the compute-optimal allocation, N* ~ C^a and D* ~ C^b, as printed in Hoffmann et al. 2022,
 * Table 2, with the 10th and 90th percentile of the authors' bootstrap (absent for Kaplan et al.).
 *
 * @example
 * import { hoffmannTable2 } from "isoflop-datasets";
 * hoffmannTable2().find((row) => row.method === "approach_2")?.a; // => 0.49
 */
export const hoffmannTable2 = defineTable("hoffmann_table2", {
  method: oneOf("method", ["approach_1", "approach_2", "approach_3", "kaplan_2020"]),
  a: number("a", share),
  aP10: optional(number("a_p10", share)),
  aP90: optional(number("a_p90", share)),
  b: number("b", share),
  bP10: optional(number("b_p10", share)),
  bP90: optional(number("b_p90", share)),
});
