import { optional, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Table 2 of Sardana et al. 2024: sizes that reach a loss with the fewest FLOPs over training and use.
 *
 * - `inferenceTokens`: tokens the model will serve (tokens)
 * - `lossNats`: loss to reach (nats per token)
 * - `chinchillaNParams`: size optimal for training alone (parameters)
 * - `chinchillaNTokens`: training tokens (tokens)
 * - `chinchillaFlops`: training and inference (FLOPs)
 * - `optimalNParams`: size optimal with inference counted (parameters)
 * - `optimalNTokens`: training tokens (tokens)
 * - `optimalFlops`: training and inference (FLOPs)
 * - `flopReductionPct`: FLOPs saved (%)
 * - `note`: misprint
 *
 * @example
 * import { sardanaComputeOptimal } from "isoflop-datasets";
 * sardanaComputeOptimal().map((row) => row.flopReductionPct); // => [9.1, 2.6, 8.5, 16, 12]
 */
export const sardanaComputeOptimal = defineTable("sardana_compute_optimal", {
  inferenceTokens: positive("inference_tokens"),
  lossNats: positive("loss_nats"),
  chinchillaNParams: positive("chinchilla_n_params"),
  chinchillaNTokens: positive("chinchilla_n_tokens"),
  chinchillaFlops: positive("chinchilla_flops"),
  optimalNParams: optional(positive("optimal_n_params")),
  optimalNTokens: positive("optimal_n_tokens"),
  optimalFlops: positive("optimal_flops"),
  flopReductionPct: positive("flop_reduction_pct"),
  note: optional(text("note")),
});
