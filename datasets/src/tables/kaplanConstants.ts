import { positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Constants of the laws of Kaplan et al. 2020, as printed: law, symbol, value, unit.
 *
 * - `law`: which law
 * - `symbol`: which constant
 * - `value`: its value (see `unit`)
 * - `unit`: its unit; 1 = none
 *
 * @example
 * import { kaplanConstants } from "isoflop-datasets";
 * kaplanConstants().find((row) => row.law === "L(N)" && row.symbol === "alpha_N")?.value; // => 0.076
 */
export const kaplanConstants = defineTable("kaplan_constants", {
  law: text("law"),
  symbol: text("symbol"),
  value: positive("value"),
  unit: text("unit"),
});
