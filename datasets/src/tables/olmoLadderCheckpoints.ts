import { integer, number, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

const share = (name: string) => number(name, { min: 0, max: 1 });

/**
 * Loss (bits per byte of the right answers) and accuracy on eight tasks at every evaluated checkpoint of the 16 ladder runs of
 * Bhagia et al. 2024, not smoothed.
 *
 * @example
 * import { olmoLadderCheckpoints } from "isoflop-datasets";
 * olmoLadderCheckpoints().filter((row) => row.run === "1B-10xC").length; // => 163
 */
export const olmoLadderCheckpoints = defineTable("olmo_ladder_checkpoints", {
  run: text("run"),
  checkpoint: integer("checkpoint", { min: 0 }),
  nTokens: integer("n_tokens", { min: 1 }),
  mmluLoss: positive("mmlu_bits_per_byte"),
  hellaswagLoss: positive("hellaswag_bits_per_byte"),
  arcChallengeLoss: positive("arc_challenge_bits_per_byte"),
  arcEasyLoss: positive("arc_easy_bits_per_byte"),
  piqaLoss: positive("piqa_bits_per_byte"),
  csqaLoss: positive("csqa_bits_per_byte"),
  socialiqaLoss: positive("socialiqa_bits_per_byte"),
  openbookqaLoss: positive("openbookqa_bits_per_byte"),
  mmluAccuracy: share("mmlu_accuracy"),
  hellaswagAccuracy: share("hellaswag_accuracy"),
  arcChallengeAccuracy: share("arc_challenge_accuracy"),
  arcEasyAccuracy: share("arc_easy_accuracy"),
  piqaAccuracy: share("piqa_accuracy"),
  csqaAccuracy: share("csqa_accuracy"),
  socialiqaAccuracy: share("socialiqa_accuracy"),
  openbookqaAccuracy: share("openbookqa_accuracy"),
});
