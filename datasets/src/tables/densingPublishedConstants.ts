import { number, optional, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * The printed constants of Xiao et al. 2024; the reference laws' coefficients are not among them.
 *
 * - `sourceVersion`: which version of the paper
 * - `quantity`: name of the constant
 * - `value`: the printed value (see unit)
 * - `unit`: unit of the value
 * - `place`: section or figure
 *
 * @example
 * import { densingPublishedConstants } from "isoflop-datasets";
 * densingPublishedConstants().find((row) => row.quantity === "doubling_time" && row.unit === "day")?.value; // => 95
 */
export const densingPublishedConstants = defineTable("densing_published_constants", {
  sourceVersion: text("source_version"),
  quantity: text("quantity"),
  value: number("value"),
  unit: optional(text("unit")),
  place: text("place"),
});
