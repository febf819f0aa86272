import { integer, optional, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * What other calculators and measurements say about the same inference configurations.
 *
 * - `configId`: configuration
 * - `source`: tool or measurement
 * - `model`: model
 * - `hardware`: accelerator
 * - `peakFlopsPerS`: peak assumed by the tool (FLOP/s)
 * - `memoryBytesPerS`: bandwidth assumed (bytes/s)
 * - `linkBytesPerS`: link assumed (bytes/s)
 * - `linkLatencyS`: link latency assumed (s)
 * - `flopsEfficiency`: share of peak assumed
 * - `memoryEfficiency`: share of bandwidth assumed
 * - `tensorParallel`: tensor-parallel degree
 * - `batchSize`: sequences
 * - `promptTokens`: prompt (tokens)
 * - `outputTokens`: generated (tokens)
 * - `weightBits`: weights (bits)
 * - `activationBits`: activations (bits)
 * - `kvBits`: KV cache (bits)
 * - `nParams`: all (parameters)
 * - `nParamsActive`: used by one token (parameters)
 * - `weightBytesPerGpu`: weights on one accelerator (bytes)
 * - `kvBytesPerToken`: KV cache of one token, all accelerators (bytes)
 * - `kvBytesPerGpu`: KV cache at the end, one accelerator (bytes)
 * - `prefillFlops`: prefill (FLOPs)
 * - `prefillS`: prefill (s)
 * - `decodeStepSFirst`: decode step at the prompt length (s)
 * - `decodeStepSLast`: decode step at the end (s)
 * - `decodeStepSMean`: mean decode step (s)
 * - `totalS`: whole batch (s)
 * - `decodeTokensPerS`: decode throughput (tokens/s)
 * - `notes`: how the row was made
 *
 * @example
 * import { costReference } from "isoflop-datasets";
 * costReference().filter((row) => row.source.startsWith("MEASURED")).length; // => 10
 */
export const costReference = defineTable("cost_reference", {
  configId: text("config_id"),
  source: text("source"),
  model: text("model"),
  hardware: text("hardware"),
  peakFlopsPerS: optional(positive("peak_flops_per_s")),
  memoryBytesPerS: optional(positive("memory_bytes_per_s")),
  linkBytesPerS: optional(positive("link_bytes_per_s")),
  linkLatencyS: optional(positive("link_latency_s")),
  flopsEfficiency: optional(positive("flops_efficiency")),
  memoryEfficiency: optional(positive("memory_efficiency")),
  tensorParallel: optional(integer("tensor_parallel", { min: 1 })),
  batchSize: optional(integer("batch_size", { min: 1 })),
  promptTokens: optional(integer("prompt_tokens", { min: 1 })),
  outputTokens: optional(integer("output_tokens", { min: 0 })),
  weightBits: optional(positive("weight_bits")),
  activationBits: optional(positive("activation_bits")),
  kvBits: optional(positive("kv_bits")),
  nParams: optional(positive("n_params")),
  nParamsActive: optional(positive("n_params_active")),
  weightBytesPerGpu: optional(positive("weight_bytes_per_gpu")),
  kvBytesPerToken: optional(positive("kv_bytes_per_token")),
  kvBytesPerGpu: optional(positive("kv_bytes_per_gpu")),
  prefillFlops: optional(positive("prefill_flops")),
  prefillS: optional(positive("prefill_s")),
  decodeStepSFirst: optional(positive("decode_step_s_first")),
  decodeStepSLast: optional(positive("decode_step_s_last")),
  decodeStepSMean: optional(positive("decode_step_s_mean")),
  totalS: optional(positive("total_s")),
  decodeTokensPerS: optional(positive("decode_tokens_per_s")),
  notes: optional(text("notes")),
});
