import { optional, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Table 3 of Sardana et al. 2024: sizes that reach a loss at the lowest cost over training and use.
 *
 * - `inferenceRequests`: requests the model will serve (70 tokens in, 215 out) (requests)
 * - `lossNats`: loss to reach (nats per token)
 * - `chinchillaNParams`: size optimal for training alone (parameters)
 * - `chinchillaNTokens`: training tokens (tokens)
 * - `chinchillaCostUsd`: training and inference (USD)
 * - `optimalNParams`: size of least cost (parameters)
 * - `optimalNTokens`: training tokens (tokens)
 * - `optimalCostUsd`: training and inference (USD)
 * - `costSavingsPct`: cost saved (%)
 * - `note`: misprint
 *
 * @example
 * import { sardanaCostOptimal } from "isoflop-datasets";
 * sardanaCostOptimal().map((row) => row.costSavingsPct); // => [50, 34, 49, 58, 54]
 */
export const sardanaCostOptimal = defineTable("sardana_cost_optimal", {
  inferenceRequests: positive("inference_requests"),
  lossNats: positive("loss_nats"),
  chinchillaNParams: positive("chinchilla_n_params"),
  chinchillaNTokens: positive("chinchilla_n_tokens"),
  chinchillaCostUsd: positive("chinchilla_cost_usd"),
  optimalNParams: optional(positive("optimal_n_params")),
  optimalNTokens: positive("optimal_n_tokens"),
  optimalCostUsd: positive("optimal_cost_usd"),
  costSavingsPct: positive("cost_savings_pct"),
  note: optional(text("note")),
});
