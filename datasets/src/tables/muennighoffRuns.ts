import { integer, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * 182 models of Muennighoff et al. 2023 on unique and repeated text of C4: size, total tokens, unique tokens and
 * validation loss.
 *
 * - `run`: the authors' name
 * - `nParams`: N (parameters)
 * - `nTokens`: D, tokens seen in training, repeats counted (tokens)
 * - `uniqueTokens`: U, different tokens among them (tokens)
 * - `loss`: validation loss (nats per token)
 *
 * @example
 * import { muennighoffRuns } from "isoflop-datasets";
 * const runs = muennighoffRuns();
 * runs.filter((run) => run.nTokens > run.uniqueTokens).length; // => 153
 */
export const muennighoffRuns = defineTable("muennighoff_runs", {
  run: text("run"),
  nParams: integer("n_params", { min: 1 }),
  nTokens: integer("n_tokens", { min: 1 }),
  uniqueTokens: integer("n_unique_tokens", { min: 1 }),
  loss: positive("loss_nats"),
});
