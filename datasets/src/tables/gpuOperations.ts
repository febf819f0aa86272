import { integer, oneOf, optional, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Measured time of single operations on an H100 and an H200: copies, matrix products, attention.
 *
 * - `measurement`: name of the row
 * - `accelerator`: name that the driver gives
 * - `run`: which of the runs, each on a machine of its own
 * - `operation`: what was timed
 * - `precision`: format of both operands; results are bf16
 * - `m`: of the activations, so tokens (rows)
 * - `n`: of the result, so outputs of the layer (columns)
 * - `k`: of the activations, so inputs of the layer (columns)
 * - `batch`: sequences in an attention (sequences)
 * - `nHeads`: query heads (heads)
 * - `nKvHeads`: key and value heads (heads)
 * - `headSize`: width of a head (values)
 * - `queryTokens`: queries of each sequence; more than one are masked causally (tokens)
 * - `keyTokens`: keys of each sequence (tokens)
 * - `flops`: multiplications and additions that the result needs; of a causal mask the pairs that are seen (FLOPs)
 * - `bytes`: operands and result, each once (bytes)
 * - `seconds`: median of the repetitions (s)
 * - `secondsMin`: shortest (s)
 * - `secondsMax`: longest (s)
 * - `repetitions`: repetitions, after at least three that do not count
 *
 * @example
 * import { gpuOperations } from "isoflop-datasets";
 * const rates = gpuOperations().filter((row) => row.operation === "copy" && row.run < 3).map((row) => row.bytes / row.seconds);
 * (Math.max(...rates) / 1e12).toFixed(2); // => "3.03"
 */
export const gpuOperations = defineTable("gpu_operations", {
  measurement: text("measurement"),
  accelerator: text("accelerator"),
  run: integer("run", { min: 1 }),
  operation: oneOf("operation", ["copy", "matmul", "attention"]),
  precision: optional(oneOf("precision", ["bf16", "fp8"])),
  m: optional(integer("m", { min: 1 })),
  n: optional(integer("n", { min: 1 })),
  k: optional(integer("k", { min: 1 })),
  batch: optional(integer("batch", { min: 1 })),
  nHeads: optional(integer("n_heads", { min: 1 })),
  nKvHeads: optional(integer("n_kv_heads", { min: 1 })),
  headSize: optional(integer("head_size", { min: 1 })),
  queryTokens: optional(integer("query_tokens", { min: 1 })),
  keyTokens: optional(integer("key_tokens", { min: 1 })),
  flops: optional(integer("flops", { min: 1 })),
  bytes: integer("bytes", { min: 1 }),
  seconds: positive("seconds"),
  secondsMin: positive("seconds_min"),
  secondsMax: positive("seconds_max"),
  repetitions: integer("repetitions", { min: 1 }),
});
