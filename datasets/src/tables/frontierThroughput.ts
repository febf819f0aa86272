import { integer, number, optional, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Share of the peak and scaling of three trainings on Frontier (Dash et al. 2023, abstract).
 *
 * @example
 * import { frontierThroughput } from "isoflop-datasets";
 * frontierThroughput().map((row) => row.percentOfPeak); // => [38.38, 36.14, 31.96]
 */
export const frontierThroughput = defineTable("frontier_throughput", {
  model: text("model"),
  params: positive("params"),
  percentOfPeak: number("percent_of_peak", { min: 0, max: 100 }),
  tflopsPerGpu: positive("tflops_per_gpu"),
  gpusScalingRuns: optional(integer("gpus_scaling_runs", { min: 1 })),
  weakScalingPct: optional(number("weak_scaling_pct", { min: 0, max: 100 })),
  strongScalingPct: optional(number("strong_scaling_pct", { min: 0, max: 100 })),
  tflopsSource: text("tflops_source"),
});
