import { integer, number, oneOf, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * 104 models of Gadre et al. 2024, trained on C4, RedPajama or RefinedWeb at 5 to 640 tokens per
 * parameter, with losses on eight sets and average top-1 errors.
 *
 * - `runId`: the model
 * - `trainSet`: training corpus
 * - `nParams`: N, embeddings included (parameters)
 * - `nParamsNonEmbedding`: without embeddings (parameters)
 * - `nTokens`: D, training tokens (tokens)
 * - `tokenMultiplier`: M, nominal: 20 times the paper's Chinchilla multiplier (tokens per parameter)
 * - `flops`: 6 N D (FLOPs)
 * - `lossOpenLmEval`: loss on OpenLM's held-out set (nats per token)
 * - `loss`: loss on C4 eval, the paper's yardstick (nats per token)
 * - `lossLow95`: lower 95 % bound over sequences (nats per token)
 * - `lossHigh95`: upper 95 % bound (nats per token)
 * - `lossPalomaC4`: Paloma, C4 English (nats per token)
 * - `lossPalomaCode`: Paloma, code (nats per token)
 * - `lossPalomaRefinedWeb`: Paloma, RefinedWeb (nats per token)
 * - `lossPalomaPtb`: Paloma, Penn Treebank (nats per token)
 * - `lossPalomaRedPajama`: Paloma, RedPajama (nats per token)
 * - `lossC4German`: German C4 (nats per token)
 * - `error46`: top-1 error averaged over 46 tasks
 * - `error17`: top-1 error averaged over the 17 tasks the paper scores
 * - `nTasks`: tasks in the average of 46
 *
 * @example
 * import { gadreTestbed } from "isoflop-datasets";
 * gadreTestbed().filter((run) => run.trainSet === "c4").length; // => 34
 */
export const gadreTestbed = defineTable("gadre_testbed", {
  runId: text("run_id"),
  trainSet: oneOf("train_set", ["c4", "redpajama", "refinedweb"]),
  nParams: integer("n_params", { min: 1 }),
  nParamsNonEmbedding: integer("n_params_nonembed", { min: 1 }),
  nTokens: integer("n_tokens", { min: 1 }),
  tokenMultiplier: positive("token_multiplier"),
  flops: positive("flops_6nd"),
  lossOpenLmEval: positive("loss_nats_openlm_eval"),
  loss: positive("loss_nats_c4_val"),
  lossLow95: positive("loss_nats_c4_val_lo95"),
  lossHigh95: positive("loss_nats_c4_val_hi95"),
  lossPalomaC4: positive("loss_nats_paloma_c4_en"),
  lossPalomaCode: positive("loss_nats_paloma_code"),
  lossPalomaRefinedWeb: positive("loss_nats_paloma_falcon_refinedweb"),
  lossPalomaPtb: positive("loss_nats_paloma_ptb"),
  lossPalomaRedPajama: positive("loss_nats_paloma_redpajama"),
  lossC4German: positive("loss_nats_c4_german"),
  error46: number("err_avg_46", { min: 0, max: 1 }),
  error17: number("err_avg_17", { min: 0, max: 1 }),
  nTasks: integer("n_tasks_46", { min: 1 }),
});
