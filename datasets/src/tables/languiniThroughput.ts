import { flag, integer, number, oneOf, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Measured training throughput of GPT and quasi-LSTM models by batch and accelerator, of Stanic et al.
 * 2023.
 *
 * - `model`: architecture
 * - `config`: model size
 * - `device`: accelerator
 * - `batchSequences`: batch (sequences)
 * - `seqLen`: sequence length (tokens)
 * - `nParams`: all (parameters)
 * - `nParamsNonEmbedding`: without embeddings (parameters)
 * - `stepMs`: mean time of a step; 0 where memory ran out (ms)
 * - `tokensPerSecond`: throughput; 0 where memory ran out (tokens / s)
 * - `isOutOfMemory`: whether memory ran out
 *
 * @example
 * import { languiniThroughput } from "isoflop-datasets";
 * languiniThroughput().filter((row) => !row.isOutOfMemory && row.device === "NVIDIA GeForce RTX 3090").length > 60; // => true
 */
export const languiniThroughput = defineTable("languini_throughput", {
  model: oneOf("model", ["gpt", "qlstm"]),
  config: oneOf("config", ["mini", "tiny", "small", "medium", "large", "XL"]),
  device: text("device"),
  batchSequences: integer("batch_sequences", { min: 1 }),
  seqLen: integer("seq_len", { min: 1 }),
  nParams: integer("n_params", { min: 1 }),
  nParamsNonEmbedding: integer("n_params_nonembed", { min: 1 }),
  stepMs: number("step_ms_mean", { min: 0 }),
  tokensPerSecond: number("tokens_per_second", { min: 0 }),
  isOutOfMemory: flag("is_oom"),
});
