import { oneOf, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Compute-optimal exponents N* ~ C^a and D* ~ C^b published by eleven studies, as collected by Czech et
 * al. 2026, Table A1.
 *
 * - `study`: who
 * - `config`: on what
 * - `method`: by which approach
 * - `a`: exponent of the size
 * - `b`: exponent of the tokens
 *
 * @example
 * import { publishedExponents } from "isoflop-datasets";
 * publishedExponents().length; // => 26
 */
export const publishedExponents = defineTable("published_exponents", {
  study: text("study"),
  config: text("config"),
  method: oneOf("method", ["approach_2", "approach_3"]),
  a: positive("a_params_exponent"),
  b: positive("b_tokens_exponent"),
});
