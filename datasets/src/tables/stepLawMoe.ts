import { integer, oneOf, positive } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * 708 mixture-of-experts training runs of Li et al. 2025 on grids over peak learning rate and batch
 * size.
 *
 * - `nParamsNonEmbedding`: all parameters without embeddings (parameters)
 * - `nParamsActive`: parameters active for a token (parameters)
 * - `nTokens`: training tokens (tokens)
 * - `learningRate`: peak learning rate
 * - `batchSequences`: batch size (sequences of 2048)
 * - `batchTokens`: batch size (tokens)
 * - `steps`: optimizer steps
 * - `lossFinal`: training loss at the last step (nats per token)
 * - `loss`: smoothed training loss at the end (nats per token)
 * - `topK`: experts used for a token
 * - `nExperts`: experts a layer
 * - `dModel`: width
 * - `nLayers`: layers
 * - `moeConfig`: experts used and available
 *
 * @example
 * import { stepLawMoe } from "isoflop-datasets";
 * Math.max(...stepLawMoe().map((run) => run.nTokens)); // => 20e9
 */
export const stepLawMoe = defineTable("step_law_moe", {
  nParamsNonEmbedding: integer("n_params_nonembed_total", { min: 1 }),
  nParamsActive: integer("n_params_active", { min: 1 }),
  nTokens: positive("n_tokens"),
  learningRate: positive("lr_peak"),
  batchSequences: integer("batch_sequences", { min: 1 }),
  batchTokens: integer("batch_tokens", { min: 1 }),
  steps: integer("steps", { min: 1 }),
  lossFinal: positive("loss_final_nats"),
  loss: positive("loss_smooth_nats"),
  topK: integer("top_k", { min: 1 }),
  nExperts: integer("n_experts", { min: 1 }),
  dModel: integer("d_model", { min: 1 }),
  nLayers: integer("n_layers", { min: 1 }),
  moeConfig: oneOf("moe_config", ["1in8", "1in89", "2in88", "3in8"]),
});
