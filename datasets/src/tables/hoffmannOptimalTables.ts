import { integer, oneOf, optional, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Compute-optimal FLOPs and tokens for nine model sizes by each of the three approaches, as printed in
 * Hoffmann et al. 2022, Table 3 (approach 1) and Table A3 (approaches 2 and 3).
 *
 * - `approach`: 1, 2 or 3
 * - `nParams`: parameters; `flops`: training FLOPs; `nTokens`: training tokens, all to the printed digits
 * - `note`: where a printed figure contradicts the others of its row
 *
 * @example
 * import { hoffmannOptimalTables } from "isoflop-datasets";
 * const gopherSized = hoffmannOptimalTables().filter((row) => row.nParams === 280e9);
 * gopherSized.map((row) => row.nTokens); // => [5.9e12, 7.1e12, 2.01e13]
 */
export const hoffmannOptimalTables = defineTable("hoffmann_optimal_tables", {
  approach: integer("approach", { min: 1, max: 3 }),
  paperTable: oneOf("paper_table", ["3", "A3"]),
  nParams: positive("n_params"),
  flops: positive("flops_printed"),
  nTokens: positive("n_tokens_printed"),
  note: optional(text("note")),
});
