import { integer, number, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Analytic estimates of another tool, kept to compare with.
 *
 * - `model`: Llama size
 * - `accelerator`: accelerator
 * - `dtype`: bits of weights, activations and embeddings
 * - `flopsEfficiency`: share of peak FLOP/s assumed
 * - `memoryEfficiency`: share of bandwidth assumed
 * - `tensorParallel`: tensor-parallel degree
 * - `batchSize`: sequences
 * - `promptTokens`: prompt (tokens)
 * - `outputTokens`: generated (tokens)
 * - `weightBytesPerGpu`: weights on one accelerator (bytes)
 * - `kvCacheBytesPerGpu`: KV cache on one accelerator (bytes)
 * - `prefillFlops`: prefill on one accelerator (FLOPs)
 * - `prefillS`: prefill (s)
 * - `decodeSPerToken`: one output token (s)
 * - `totalS`: whole request (s)
 *
 * @example
 * import { llmAnalysisLlamaInference } from "isoflop-datasets";
 * llmAnalysisLlamaInference().length; // => 24
 */
export const llmAnalysisLlamaInference = defineTable("llm_analysis_llama_inference", {
  model: text("model"),
  accelerator: text("accelerator"),
  dtype: text("dtype"),
  flopsEfficiency: number("flops_efficiency", { min: 0, max: 1 }),
  memoryEfficiency: number("memory_efficiency", { min: 0, max: 1 }),
  tensorParallel: integer("tensor_parallel", { min: 1 }),
  batchSize: integer("batch_size", { min: 1 }),
  promptTokens: integer("prompt_tokens", { min: 1 }),
  outputTokens: integer("output_tokens", { min: 1 }),
  weightBytesPerGpu: positive("weight_bytes_per_gpu"),
  kvCacheBytesPerGpu: positive("kv_cache_bytes_per_gpu"),
  prefillFlops: positive("prefill_flops"),
  prefillS: positive("prefill_s"),
  decodeSPerToken: positive("decode_s_per_token"),
  totalS: positive("total_s"),
});
