import { number, optional, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Fits of optimal learning rate over batch, eta / batch = a T^b with T in tokens and the batch in
 * sequences of 4096, as printed in Shen et al. 2024 (Power Scheduler).
 *
 * - `fit`: figure or equation and what was averaged
 * - `nParams`: model size (parameters)
 * - `a`: coefficient (per sequence)
 * - `b`: exponent
 *
 * @example
 * import { powerSchedulerFits } from "isoflop-datasets";
 * powerSchedulerFits().find((row) => row.fit === "eq5_aggregate")?.a; // => 4.6
 */
export const powerSchedulerFits = defineTable("power_scheduler_fits", {
  fit: text("fit"),
  nParams: optional(positive("n_params")),
  a: positive("a"),
  b: number("b"),
});
