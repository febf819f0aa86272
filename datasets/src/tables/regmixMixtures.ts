import { number, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Published mixtures of the 17 domains of The Pile that RegMix trains on, weights as they stand in its configuration: those
 * of `human` and `doremi` do not sum to 1.
 *
 * Source: Liu et al. 2024 (arXiv 2407.01492), sail-sg/regmix, mixture_config/.
 *
 * @example
 * import { regmixMixtures } from "isoflop-datasets";
 * regmixMixtures().find((row) => row.source === "pile_cc")?.doremi; // => 0.6057
 */
export const regmixMixtures = defineTable("regmix_mixtures", {
  source: text("source"),
  tokensShare: number("tokens_share", { min: 0, max: 1 }),
  human: number("human", { min: 0, max: 1 }),
  doremi: number("doremi", { min: 0, max: 1 }),
  regmix: number("regmix", { min: 0, max: 1 }),
});
