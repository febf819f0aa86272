import { integer, positive } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * 1,911 dense training runs of Li et al. 2025: for 17 pairs of model size and tokens, a grid over peak
 * learning rate and batch size.
 *
 * - `nParamsNonEmbedding`: N without embeddings (parameters)
 * - `nTokens`: D, training tokens (tokens)
 * - `learningRate`: peak learning rate
 * - `batchSequences`: batch size (sequences of 2048)
 * - `batchTokens`: batch size, 2048 times the sequences (tokens)
 * - `steps`: optimizer steps
 * - `lossFinal`: training loss at the last step (nats per token)
 * - `loss`: smoothed training loss at the end (nats per token)
 * - `dModel`: width
 * - `dFf`: width of the feed-forward layer
 * - `nHeads`: attention heads
 * - `nLayers`: layers
 *
 * @example
 * import { stepLawDense } from "isoflop-datasets";
 * const groups = new Set(stepLawDense().map((run) => `${run.nParamsNonEmbedding} ${run.nTokens}`));
 * groups.size; // => 17
 */
export const stepLawDense = defineTable("step_law_dense", {
  nParamsNonEmbedding: integer("n_params_nonembed", { min: 1 }),
  nTokens: positive("n_tokens"),
  learningRate: positive("lr_peak"),
  batchSequences: integer("batch_sequences", { min: 1 }),
  batchTokens: integer("batch_tokens", { min: 1 }),
  steps: integer("steps", { min: 1 }),
  lossFinal: positive("loss_final_nats"),
  loss: positive("loss_smooth_nats"),
  dModel: integer("d_model", { min: 1 }),
  dFf: integer("d_ff", { min: 1 }),
  nHeads: integer("n_heads", { min: 1 }),
  nLayers: integer("n_layers", { min: 1 }),
});
