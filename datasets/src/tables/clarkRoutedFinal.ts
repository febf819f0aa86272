import { integer, number, oneOf, optional, positive } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Losses at the end of 223 training runs of Clark et al. 2022: dense models and mixtures of experts under three routers,
 * each on about 130e9 tokens. For the paper's law keep topK 1, routedShare .5 and seed 42.
 *
 * @example
 * import { clarkRoutedFinal } from "isoflop-datasets";
 * const kept = clarkRoutedFinal().filter((run) => run.topK === 1 && run.routedShare === 0.5 && run.seed === 42);
 * kept.length; // => 163
 */
export const clarkRoutedFinal = defineTable("clark_routed_final", {
  run: integer("run", { min: 0 }),
  router: oneOf("router", ["Dense", "S-Base", "RL-R", "Hash"]),
  experts: integer("n_experts", { min: 1 }),
  topK: integer("top_k", { min: 1 }),
  routedShare: number("routed_share", { min: 0, max: 1 }),
  seed: integer("seed", { min: 1 }),
  nParams: integer("n_params", { min: 1 }),
  nParamsTotal: positive("n_params_total"),
  flopsPerStep: positive("flops_per_step"),
  steps: integer("steps", { min: 1 }),
  loss: positive("loss_nats"),
  lossC4: optional(positive("loss_c4_nats")),
  lossPile: optional(positive("loss_pile_nats")),
  lossWikitext103: optional(positive("loss_wikitext103_nats")),
});
