import { integer, oneOf, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Seconds of a training step of four GPT models with Megatron-LM on A100, measured and as two calculators estimate them.
 *
 * Source: Korthikanti et al. 2022 (arXiv 2205.05198), Table 5; Calculon; llm-analysis.
 *
 * @example
 * import { megatronSteps } from "isoflop-datasets";
 * megatronSteps()[0]!.stepS; // => 1.42
 */
export const megatronSteps = defineTable("megatron_steps", {
  model: text("model"),
  recompute: oneOf("recompute", ["full", "selective"]),
  hiddenSize: integer("hidden_size", { min: 1 }),
  nLayers: integer("n_layers", { min: 1 }),
  nHeads: integer("n_heads", { min: 1 }),
  ffnSize: integer("ffn_size", { min: 1 }),
  sequenceTokens: integer("sequence_tokens", { min: 1 }),
  nDevices: integer("n_devices", { min: 1 }),
  tensorParallel: integer("tensor_parallel", { min: 1 }),
  pipelineParallel: integer("pipeline_parallel", { min: 1 }),
  dataParallel: integer("data_parallel", { min: 1 }),
  interleave: integer("interleave", { min: 1 }),
  globalBatch: integer("global_batch", { min: 1 }),
  microBatch: integer("micro_batch", { min: 1 }),
  stepS: positive("step_s"),
  calculonStepS: positive("calculon_step_s"),
  llmAnalysisStepS: positive("llm_analysis_step_s"),
});
