import { integer, oneOf, positive } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * The configuration Stanic et al. 2023 chose for each compute class, in hours on one RTX 3090.
 *
 * - `model`: architecture
 * - `acceleratorHours`: compute class (hours on an RTX 3090)
 * - `config`: model size
 * - `batchSequences`: batch (sequences)
 * - `seqLen`: sequence length (tokens)
 * - `tokensPerSecond`: best throughput of the configuration (tokens / s)
 * - `steps`: optimizer steps
 * - `gradAccumSteps`: steps of gradient accumulation
 *
 * @example
 * import { languiniBestConfigs } from "isoflop-datasets";
 * languiniBestConfigs().length; // => 10
 */
export const languiniBestConfigs = defineTable("languini_best_configs", {
  model: oneOf("model", ["gpt", "qlstm"]),
  acceleratorHours: positive("accelerator_hours"),
  config: oneOf("config", ["mini", "tiny", "small", "medium"]),
  batchSequences: integer("batch_sequences", { min: 1 }),
  seqLen: integer("seq_len", { min: 1 }),
  tokensPerSecond: positive("tokens_per_second"),
  steps: integer("steps", { min: 1 }),
  gradAccumSteps: integer("grad_accum_steps", { min: 1 }),
});
