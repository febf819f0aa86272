import { evaluatePowerLaw } from "../../laws/power/publishedPowerLaw.ts";
import { requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import type { Recommendation } from "./excessLoss.ts";
import { deepseekBatchTokens, deepseekLearningRate } from "./publishedHyperparameters.ts";

/**
 * Training FLOPs as DeepSeek counts them, without embeddings and with attention: 6 (4 h + 3 f + 2 s) L h D for width
 * h, feed-forward width f, sequence s, L layers. (Exactly 6 N D without the 2 s.)
 *
 * @throws RangeError when a number is not > 0
 *
 * Source: DeepSeek-AI 2024 (DeepSeek LLM), in the form Li et al. 2025 (arXiv:2503.04715) use.
 *
 * @example
 * import { deepseekFlops } from "isoflop";
 * deepseekFlops({ dModel: 2048, dFf: 8192, nLayers: 16, nTokens: 100e9 }); // => 7.248e20
 */
export function deepseekFlops(model: {
  readonly dModel: number;
  readonly dFf: number;
  readonly nLayers: number;
  readonly nTokens: number;
  /** Default 2048. */
  readonly sequenceTokens?: number;
}): number {
  const { dModel, dFf, nLayers, nTokens, sequenceTokens = 2048 } = model;
  for (const [name, value] of Object.entries({ dModel, dFf, nLayers, nTokens, sequenceTokens })) {
    requirePositive(name, value, "give the model's own, such as a width of 2048");
  }
  return 6 * (4 * dModel + 3 * dFf + 2 * sequenceTokens) * nLayers * dModel * nTokens;
}

/**
 * Model scale M as DeepSeek counts it, training FLOPs a token without embeddings and with attention:
 * `72 L d^2 + 12 L d s`. Compute is C = M D.
 *
 * Source: DeepSeek-AI 2024 (arXiv:2401.02954), equation 2.
 *
 * @param model nLayers L, dModel d, sequenceTokens s (default 4096, theirs)
 * @throws RangeError when a number is not > 0
 *
 * @example
 * import { deepseekModelScale } from "isoflop";
 * deepseekModelScale({ nLayers: 8, dModel: 512 }); // => 3.523e8
 */
export function deepseekModelScale(model: {
  readonly nLayers: number;
  readonly dModel: number;
  readonly sequenceTokens?: number;
}): number {
  requireOptions("deepseekModelScale", model, ["nLayers", "dModel", "sequenceTokens"]);
  const { nLayers, dModel, sequenceTokens = 4096 } = model;
  requirePositive("nLayers", nLayers, "give the layers, such as 30");
  requirePositive("dModel", dModel, "give the width, such as 4096");
  requirePositive("sequenceTokens", sequenceTokens, "give tokens, such as 4096");
  return 72 * nLayers * dModel ** 2 + 12 * nLayers * dModel * sequenceTokens;
}

/**
 * Peak learning rate and batch size by DeepSeek's laws of compute: eta = .3118 C^-.125, B = .2920 C^.3271 tokens.
 *
 * @param budget flops, best from `deepseekFlops`; 6 N D leaves attention out
 * @throws RangeError when flops is not > 0
 *
 * @example
 * import { deepseekHyperparameters } from "isoflop";
 * deepseekHyperparameters({ flops: 1e20 }).learningRate; // => 9.860e-4
 */
export function deepseekHyperparameters(budget: { readonly flops: number }): Recommendation {
  requirePositive("flops", budget.flops, "give a budget, such as 1e21");
  return {
    learningRate: evaluatePowerLaw(deepseekLearningRate, budget),
    batchTokens: evaluatePowerLaw(deepseekBatchTokens, budget),
  };
}
