import { number, oneOf, positive } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Relative error of the optimal tokens that approach 2 extrapolates to 1e24 FLOPs from noiseless data,
 * for 36 set-ups, as printed by Czech et al. 2026.
 *
 * - `config`: grid centred on the optimum, off it by a factor of 3, or drifting to a factor of 3
 * - `surface`: loss surface
 * - `alpha`: exponent of N
 * - `beta`: exponent of D
 * - `gridHalfWidth`: the grid spans the optimum divided and multiplied by this
 * - `errorPercent`: error of D* at 1e24 FLOPs (%)
 *
 * @example
 * import { approach2Bias } from "isoflop-datasets";
 * approach2Bias().find((row) => row.config === "baseline" && row.surface === "chinchilla" && row.gridHalfWidth === 16)?.errorPercent; // => -5.1
 */
export const approach2Bias = defineTable("approach2_bias", {
  config: oneOf("config", ["baseline", "offset_3x", "drift_to_3x"]),
  surface: oneOf("surface", ["symmetric", "chinchilla", "asymmetric"]),
  alpha: positive("alpha"),
  beta: positive("beta"),
  gridHalfWidth: positive("grid_half_width_factor"),
  errorPercent: number("dstar_rel_error_pct_at_1e24"),
});
