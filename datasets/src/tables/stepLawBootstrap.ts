import { number } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * The coefficients of 1,000 bootstrap fits of optimal learning rate and batch size, published by Li et
 * al. 2025.
 *
 * - `lnLearningRateCoefficient`: ln of the coefficient of N^a D^b
 * - `learningRateExponentN`: a
 * - `learningRateExponentD`: b
 * - `lnBatchCoefficient`: ln of the coefficient of D^c (ln (tokens / tokens^c))
 * - `batchExponentD`: c
 *
 * @example
 * import { stepLawBootstrap } from "isoflop-datasets";
 * stepLawBootstrap().length; // => 1000
 */
export const stepLawBootstrap = defineTable("step_law_bootstrap", {
  lnLearningRateCoefficient: number("ln_lr_coef"),
  learningRateExponentN: number("lr_exp_n"),
  learningRateExponentD: number("lr_exp_d"),
  lnBatchCoefficient: number("ln_batch_coef"),
  batchExponentD: number("batch_exp_d"),
});
