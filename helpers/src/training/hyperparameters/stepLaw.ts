import { evaluatePowerLaw } from "../../laws/power/publishedPowerLaw.ts";
import { requirePositive } from "../../numerics/arguments/requireNumber.ts";
import type { Recommendation } from "./excessLoss.ts";
import { stepLawBatchTokens, stepLawLearningRate } from "./publishedHyperparameters.ts";

/**
 * Peak learning rate and batch size by Step Law: eta = 1.79 N^-.713 D^.307, B = .58 D^.571 tokens. For AdamW with a
 * cosine schedule to a fixed least rate of 1e-5 and 2,000 warm-up steps.
 *
 * Source: Li et al. 2025 (arXiv:2503.04715), Table 2.
 *
 * @param model nParams without embeddings, nTokens of training
 * @throws RangeError when one is not > 0
 *
 * @example
 * import { stepLaw } from "isoflop";
 * const { learningRate, batchTokens } = stepLaw({ nParams: 1e9, nTokens: 100e9 });
 * learningRate; // => 0.001632
 * batchTokens; // => 1.108e6
 */
export function stepLaw(model: { readonly nParams: number; readonly nTokens: number }): Recommendation {
  requirePositive("nParams", model.nParams, "give a count, such as 7e9");
  requirePositive("nTokens", model.nTokens, "give the training tokens, such as 1.4e12");
  return {
    learningRate: evaluatePowerLaw(stepLawLearningRate, model),
    batchTokens: evaluatePowerLaw(stepLawBatchTokens, model),
  };
}
