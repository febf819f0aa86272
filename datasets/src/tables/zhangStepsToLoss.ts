import { integer, positive } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Optimizer steps to a target loss at nine batch sizes for five models, from the authors' notebook behind the critical
 * batch sizes of Zhang et al. 2024 (arXiv:2410.21676).
 *
 * @example
 * import { zhangStepsToLoss } from "isoflop-datasets";
 * zhangStepsToLoss().find((row) => row.nParams === 1.2e9 && row.batchSequences === 256)?.stepsLogged; // => 176_000
 */
export const zhangStepsToLoss = defineTable("zhang_steps_to_loss", {
  nParams: integer("n_params", { min: 1 }),
  goalLoss: positive("goal_loss_nats"),
  chinchillaTokens: positive("chinchilla_tokens"),
  batchSequences: integer("batch_sequences", { min: 1 }),
  batchTokens: integer("batch_tokens", { min: 1 }),
  stepsLogged: integer("steps_logged", { min: 1 }),
  stepsFitted: integer("steps_fitted", { min: 1 }),
});
