import { flag, integer, oneOf, optional, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Published memory of training over several devices, with the layout of each run: torchtitan on 8 to 512 H100, and the
 * activations of Megatron's four models by what is recomputed.
 *
 * @example
 * import { trainingMemoryLayouts } from "isoflop-datasets";
 * trainingMemoryLayouts().find((row) => row.measurement === "torchtitan-405B-512-1f1b")?.value; // => 82.5
 */
export const trainingMemoryLayouts = defineTable("training_memory_layouts", {
  measurement: text("measurement"),
  source: oneOf("source", ["torchtitan", "Korthikanti et al. 2022"]),
  model: text("model"),
  nLayers: integer("n_layers", { min: 1 }),
  hiddenSize: integer("hidden_size", { min: 1 }),
  nHeads: integer("n_heads", { min: 1 }),
  nKvHeads: integer("n_kv_heads", { min: 1 }),
  ffnSize: integer("ffn_size", { min: 1 }),
  vocabSize: integer("vocab_size", { min: 1 }),
  isGated: flag("is_gated"),
  nDevices: integer("n_devices", { min: 1 }),
  tensorParallel: integer("tensor_parallel", { min: 1 }),
  sequenceParallel: flag("sequence_parallel"),
  pipelineParallel: integer("pipeline_parallel", { min: 1 }),
  interleave: optional(integer("interleave", { min: 1 })),
  contextParallel: integer("context_parallel", { min: 1 }),
  zeroStage: integer("zero_stage", { min: 0 }),
  sequenceTokens: integer("sequence_tokens", { min: 1 }),
  microBatch: integer("micro_batch", { min: 1 }),
  microBatches: integer("micro_batches", { min: 1 }),
  recompute: oneOf("recompute", ["none", "selective", "full"]),
  productBits: integer("product_bits", { min: 4 }),
  isCompiled: flag("is_compiled"),
  quantity: oneOf("quantity", ["reserved", "states", "activations"]),
  value: positive("value"),
  unit: oneOf("unit", ["GiB", "%"]),
  sourceRef: text("source_ref"),
});
