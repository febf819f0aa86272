import { flag, integer, optional, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Memory estimates that the documentation of DeepSpeed and transformers prints.
 *
 * Source: deepspeedai/DeepSpeed, docs/code-docs/source/memory.rst; huggingface/transformers, docs/source/en/deepspeed.md.
 *
 * @example
 * import { deepSpeedEstimates } from "isoflop-datasets";
 * deepSpeedEstimates().length; // => 22
 */
export const deepSpeedEstimates = defineTable("deep_speed_estimates", {
  source: text("source"),
  model: text("model"),
  nParams: integer("n_params", { min: 1 }),
  largestLayerParams: optional(integer("largest_layer_params", { min: 1 })),
  gpusPerNode: integer("gpus_per_node", { min: 1 }),
  nodes: integer("nodes", { min: 1 }),
  stage: integer("stage", { min: 2, max: 3 }),
  offloadParams: flag("offload_params"),
  offloadOptimizer: flag("offload_optimizer"),
  zeroInit: optional(flag("zero_init")),
  printedCpuGib: text("printed_cpu_gib"),
  printedGpuGib: text("printed_gpu_gib"),
});
