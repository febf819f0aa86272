import { flag, integer, oneOf, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Measured time and memory of whole training steps of dense transformers on one H100 and one H200.
 *
 * - `measurement`: name of the row
 * - `accelerator`: name that the driver gives
 * - `run`: which of the runs, each on a machine of its own
 * - `model`: name of the shape; its exact size is in `n_params`
 * - `nParams`: all, embedding and head apart included (parameters)
 * - `nLayers`: depth (layers)
 * - `hiddenSize`: width of the residual stream (values)
 * - `nHeads`: query heads (heads)
 * - `nKvHeads`: key and value heads (heads)
 * - `ffnSize`: inner width of the gated feed-forward (values)
 * - `vocabSize`: rows of the embedding and of the head, which are not tied (tokens)
 * - `sequenceTokens`: length of each sequence (tokens)
 * - `microBatch`: sequences of a step (sequences)
 * - `recipe`: weights, gradients and AdamW states in float32 and products in bf16 (16 bytes a parameter and a copy), or everything in bf16 (8 bytes)
 * - `recompute`: activations kept, or those of each block computed again
 * - `compiled`: 1 where each block was compiled by torch.compile
 * - `forwardS`: forward pass with the loss, median (s)
 * - `backwardS`: backward pass, median (s)
 * - `optimizerS`: fused AdamW and zeroing the gradients, median (s)
 * - `weightBytes`: allocated by the weights (bytes)
 * - `stateBytes`: weights, gradients and AdamW states between two steps (bytes)
 * - `activationBytes`: what the forward pass left allocated for the backward pass (bytes)
 * - `peakBytes`: most that was allocated at a time (bytes)
 * - `reservedBytes`: most that the allocator held, with expandable segments (bytes)
 * - `seconds`: median of the repetitions (s)
 * - `secondsMin`: shortest (s)
 * - `secondsMax`: longest (s)
 * - `repetitions`: repetitions, after at least three that do not count
 *
 * @example
 * import { gpuTraining } from "isoflop-datasets";
 * const [row] = gpuTraining().filter((run) => run.model === "Llama-2-7B" && run.recompute === "none");
 * row && (row.stateBytes / row.nParams).toFixed(2); // => "8.00"
 */
export const gpuTraining = defineTable("gpu_training", {
  measurement: text("measurement"),
  accelerator: text("accelerator"),
  run: integer("run", { min: 1 }),
  model: text("model"),
  nParams: integer("n_params", { min: 1 }),
  nLayers: integer("n_layers", { min: 1 }),
  hiddenSize: integer("hidden_size", { min: 1 }),
  nHeads: integer("n_heads", { min: 1 }),
  nKvHeads: integer("n_kv_heads", { min: 1 }),
  ffnSize: integer("ffn_size", { min: 1 }),
  vocabSize: integer("vocab_size", { min: 1 }),
  sequenceTokens: integer("sequence_tokens", { min: 1 }),
  microBatch: integer("micro_batch", { min: 1 }),
  recipe: oneOf("recipe", ["autocast", "bf16"]),
  recompute: oneOf("recompute", ["none", "full"]),
  compiled: flag("compiled"),
  forwardS: positive("forward_s"),
  backwardS: positive("backward_s"),
  optimizerS: positive("optimizer_s"),
  weightBytes: integer("weight_bytes", { min: 1 }),
  stateBytes: integer("state_bytes", { min: 1 }),
  activationBytes: integer("activation_bytes", { min: 1 }),
  peakBytes: integer("peak_bytes", { min: 1 }),
  reservedBytes: integer("reserved_bytes", { min: 1 }),
  seconds: positive("seconds"),
  secondsMin: positive("seconds_min"),
  secondsMax: positive("seconds_max"),
  repetitions: integer("repetitions", { min: 1 }),
});
