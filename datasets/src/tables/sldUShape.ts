import { number, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Scores on nine tasks by training compute, below where they emerge: the training rows of SLDBench's U-shape task.
 *
 * @example
 * import { sldUShape } from "isoflop-datasets";
 * new Set(sldUShape().map((row) => row.task)).size; // => 9
 */
export const sldUShape = defineTable("sld_u_shape", {
  task: text("task"),
  flops: positive("flops"),
  negativeBrier: number("negative_brier"),
});
