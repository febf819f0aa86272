import { integer, oneOf, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Losses along 27 runs of Luo et al. 2025: models of 25, 100 and 400 million parameters under nine learning-rate
 * schedules, every 128 steps after the warm-up.
 *
 * @example
 * import { multiPowerCurves } from "isoflop-datasets";
 * multiPowerCurves().filter((point) => point.model === "400M" && point.schedule === "cosine_24000").length; // => 171
 */
export const multiPowerCurves = defineTable("multi_power_curves", {
  model: oneOf("model", ["25M", "100M", "400M"]),
  schedule: text("schedule"),
  step: integer("step", { min: 1 }),
  learningRate: positive("lr"),
  loss: positive("loss_nats"),
});
