import { integer, number, oneOf, optional, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Throughput of training on Frontier and how it scales.
 *
 * Source: Dash et al. 2023 (arXiv 2312.12705), abstract; TFLOP/s second hand.
 *
 * @example
 * import { frontierThroughput } from "isoflop-datasets";
 * frontierThroughput().find((row) => row.model === "1T")?.percentOfPeak; // => 31.96
 */
export const frontierThroughput = defineTable("frontier_throughput", {
  model: text("model"),
  nParams: positive("n_params"),
  percentOfPeak: positive("percent_of_peak"),
  tflopsPerDevice: positive("tflops_per_device"),
  devices: optional(integer("devices", { min: 1 })),
  weakScalingPercent: optional(number("weak_scaling_percent", { min: 0, max: 100 })),
  strongScalingPercent: optional(number("strong_scaling_percent", { min: 0, max: 100 })),
  tflopsSource: oneOf("tflops_source", ["press", "derived"]),
});
