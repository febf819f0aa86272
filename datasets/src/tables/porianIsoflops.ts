import { oneOf, positive } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * 1,160 isoFLOP points of Porian et al. 2024: five set-ups from Kaplan et al.'s to a tuned one, on two
 * corpora.
 *
 * - `experiment`: corpus and set-up, 0 (Kaplan et al.) to 4 (tuned)
 * - `flops`: budget (FLOPs)
 * - `nParams`: model size, counted as the set-up counts (parameters)
 * - `nTokens`: training tokens (tokens)
 * - `loss`: loss at the budget (nats per token)
 *
 * @example
 * import { porianIsoflops } from "isoflop-datasets";
 * porianIsoflops().filter((point) => point.experiment === "refinedweb_4").length > 50; // => true
 */
export const porianIsoflops = defineTable("porian_isoflops", {
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
  flops: positive("flops_budget"),
  nParams: positive("n_params"),
  nTokens: positive("n_tokens"),
  loss: positive("loss_nats"),
});
