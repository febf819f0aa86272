import { integer, number, oneOf, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Loss (bits per byte of the right answers) and accuracy on eight tasks at the end of the OLMo ladder's runs: the 16 that
 * Bhagia et al. 2024 fit, four of 3B parameters above them, and the two targets, 7B-4T and 13B-5T.
 *
 * @example
 * import { olmoLadderRuns } from "isoflop-datasets";
 * olmoLadderRuns().filter((row) => row.task === "mmlu" && row.role === "ladder").length; // => 16
 */
export const olmoLadderRuns = defineTable("olmo_ladder_runs", {
  run: text("run"),
  role: oneOf("role", ["ladder", "held-out", "target"]),
  nParams: integer("n_params_nonembed", { min: 1 }),
  nTokens: integer("n_tokens", { min: 1 }),
  task: text("task"),
  taskLoss: positive("task_loss_bits_per_byte"),
  accuracy: number("accuracy", { min: 0, max: 1 }),
});
