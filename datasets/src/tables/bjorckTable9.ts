import { positive } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Best learning rate of a model of 125M parameters at six numbers of training tokens, Bjorck et al. 2024
 * (arXiv:2409.19913), Table 9, second hand.
 *
 * @example
 * import { bjorckTable9 } from "isoflop-datasets";
 * bjorckTable9()[0]?.learningRate; // => 0.00134
 */
export const bjorckTable9 = defineTable("bjorck_table9", {
  nTokens: positive("n_tokens"),
  learningRate: positive("lr_optimal"),
});
