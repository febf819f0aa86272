import { positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Domains of the datastore; from a secondary source (Shao et al. 2024, Table 2).
 *
 * - `domain`: domain
 * - `nTokens`: size (tokens)
 *
 * @example
 * import { massivedsComposition } from "isoflop-datasets";
 * massivedsComposition().length; // => 8
 */
export const massivedsComposition = defineTable("massiveds_composition", {
  domain: text("domain"),
  nTokens: positive("n_tokens"),
});
