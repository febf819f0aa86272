import { integer, number, oneOf, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Validation losses by domain every 10,000 steps of models trained on six mixtures of The Pile and six of SlimPajama, with
 * the domain's own share.
 *
 * Source: Ge et al. 2024 (arXiv 2405.14908), as kept in IBM/ColPret, raw_data/bimix-law.
 *
 * @example
 * import { bimixLosses } from "isoflop-datasets";
 * bimixLosses().filter((row) => row.corpus === "slimpajama" && row.step === 200_000).length; // => 42
 */
export const bimixLosses = defineTable("bimix_losses", {
  corpus: oneOf("corpus", ["pile", "slimpajama"]),
  mixture: oneOf("mixture", ["baseline", "doremi", "se", "je", "ce", "vne"]),
  domain: text("domain"),
  share: number("share", { min: 0, max: 1 }),
  step: integer("step", { min: 1 }),
  loss: positive("loss_nats"),
});
