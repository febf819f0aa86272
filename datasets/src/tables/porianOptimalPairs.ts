import { oneOf, positive } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * The optimal model size and tokens for each budget in the ten experiments of Porian et al. 2024, with
 * the set-up that distinguishes them.
 *
 * - `experiment`: corpus and set-up
 * - `hparams`: hyper-parameters
 * - `warmup`: warm-up
 * - `decay`: decay: one horizon for all, matched to each run, or constant
 * - `paramCount`: without or with the head
 * - `lossSplit`: which loss
 * - `flops`: budget (FLOPs)
 * - `nParams`: optimal size (parameters)
 * - `nTokens`: optimal tokens (tokens)
 * - `loss`: loss at the optimum (nats per token)
 *
 * @example
 * import { porianOptimalPairs } from "isoflop-datasets";
 * porianOptimalPairs().filter((pair) => pair.experiment === "refinedweb_0").length; // => 11
 */
export const porianOptimalPairs = defineTable("porian_optimal_pairs", {
  experiment: oneOf("experiment", [
    "openwebtext2_0",
    "openwebtext2_1",
    "openwebtext2_2",
    "openwebtext2_3",
    "openwebtext2_4",
    "refinedweb_0",
    "refinedweb_1",
    "refinedweb_2",
    "refinedweb_3",
    "refinedweb_4",
  ]),
  hparams: oneOf("hparams", ["base", "tuned"]),
  warmup: oneOf("warmup", ["long", "short"]),
  decay: oneOf("decay", ["kaplan", "chinchilla", "const"]),
  paramCount: oneOf("param_count_convention", ["kaplan", "standard"]),
  lossSplit: oneOf("loss_split", ["train", "val"]),
  flops: positive("flops_budget"),
  nParams: positive("n_params_opt"),
  nTokens: positive("n_tokens_opt"),
  loss: positive("loss_opt_nats"),
});
