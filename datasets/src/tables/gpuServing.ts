import { integer, oneOf, optional, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Measured time of prompts and of decode steps of seven models on one H100 and one H200, as static batches.
 *
 * - `measurement`: name of the row
 * - `accelerator`: name that the driver gives
 * - `run`: which of the runs, each on a machine of its own
 * - `model`: model whose shape was built, with random weights
 * - `nParams`: all, as built (parameters)
 * - `phase`: a whole prompt, or one token more for each sequence
 * - `launch`: replayed as one CUDA graph, or launched operation by operation
 * - `batchSize`: equal requests in the batch (sequences)
 * - `promptTokens`: prompt of each (tokens)
 * - `contextTokens`: keys that the last token sees, itself included (tokens)
 * - `weightBytes`: all weights in bf16 (bytes)
 * - `kvBytes`: keys and values of the batch in bf16 (bytes)
 * - `peakBytes`: most allocated at a time; not taken for decode (bytes)
 * - `seconds`: median of the repetitions (s)
 * - `secondsMin`: shortest (s)
 * - `secondsMax`: longest (s)
 * - `repetitions`: repetitions, after at least three that do not count
 *
 * @example
 * import { gpuServing } from "isoflop-datasets";
 * const steps = gpuServing().filter((row) => row.measurement === "decode-Llama-3-8B-1x2048-graph" && row.run < 3);
 * steps.map((row) => (1000 * row.seconds).toFixed(2)); // => ["6.78", "6.75"]
 */
export const gpuServing = defineTable("gpu_serving", {
  measurement: text("measurement"),
  accelerator: text("accelerator"),
  run: integer("run", { min: 1 }),
  model: text("model"),
  nParams: integer("n_params", { min: 1 }),
  phase: oneOf("phase", ["prefill", "decode"]),
  launch: oneOf("launch", ["graph", "eager"]),
  batchSize: integer("batch_size", { min: 1 }),
  promptTokens: optional(integer("prompt_tokens", { min: 1 })),
  contextTokens: integer("context_tokens", { min: 1 }),
  weightBytes: integer("weight_bytes", { min: 1 }),
  kvBytes: integer("kv_bytes", { min: 1 }),
  peakBytes: optional(integer("peak_bytes", { min: 1 })),
  seconds: positive("seconds"),
  secondsMin: positive("seconds_min"),
  secondsMax: positive("seconds_max"),
  repetitions: integer("repetitions", { min: 1 }),
});
