import { integer, positive } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * 117 runs of 1.07B parameters on 100B tokens over learning rate and batch size: the grid on which Li et al. 2025
 * (arXiv:2503.04715) quote the accuracy of Step Law, and which their release leaves out.
 *
 * @example
 * import { stepLaw1b100b } from "isoflop-datasets";
 * Math.min(...stepLaw1b100b().map((run) => run.loss)); // => 2.0762
 */
export const stepLaw1b100b = defineTable("step_law_1b_100b", {
  nParamsNonEmbedding: integer("n_params_nonembed", { min: 1 }),
  nTokens: positive("n_tokens"),
  learningRate: positive("lr_peak"),
  batchSequences: integer("batch_sequences", { min: 1 }),
  batchTokens: integer("batch_tokens", { min: 1 }),
  loss: positive("loss_smooth_nats"),
});
