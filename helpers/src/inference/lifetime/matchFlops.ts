import { requireNonNegative, requirePositive, requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";

/** A model with the tokens it was trained on and the tokens it generates over its life. */
export interface ModelUse {
  readonly nParams: number;
  readonly pretrainTokens: number;
  readonly inferenceTokens: number;
}

/**
 * Inference tokens that another model may generate for the same total FLOPs: solves
 * 6·N₁·D₁ + f·N₁·T₁ = 6·N₂·D₂ + f·N₂·T₂ for T₂. f is 2 for plain generation, 4 where a verifier of the
 * same size reads every token. Matching back gives T₁ again.
 *
 * For a model M times larger on the same data, the smaller may generate m = M + (6/f)(M − 1)/R times as
 * much, with R = T₁/D.
 *
 * Source: Snell et al. 2024, "Scaling LLM Test-Time Compute Optimally", section 7 (f = 2 in the arXiv
 * version, 4 in the ICLR version).
 *
 * @param spent the model whose FLOPs are to be matched
 * @param other the model that is to spend them
 * @returns inference tokens; negative where training the other model alone costs more
 * @throws RangeError on counts outside their domain
 * @example
 * import { matchFlops } from "isoflop";
 * const large = { nParams: 14e9, pretrainTokens: 1e12, inferenceTokens: 1e12 };
 * matchFlops(large, { nParams: 1e9, pretrainTokens: 1e12 }); // => 5.3e13
 */
export function matchFlops(
  spent: ModelUse,
  other: Omit<ModelUse, "inferenceTokens">,
  options: { readonly inferenceFlopsPerParamToken?: number } = {},
): number {
  requireOptions("matchFlops", options, ["inferenceFlopsPerParamToken"]);
  const { inferenceFlopsPerParamToken: f = 2 } = options;
  requirePositive("inferenceFlopsPerParamToken", f, "2 counts the forward pass");
  for (const { nParams, pretrainTokens } of [spent, other]) {
    requirePositive("nParams", nParams, "give a count, such as 7e9");
    requireNonNegative("pretrainTokens", pretrainTokens, "give a count; 0 for a model that is there already");
  }
  if (!Number.isFinite(spent.inferenceTokens)) {
    throw new RangeError(`inferenceTokens must be finite, got ${spent.inferenceTokens}`);
  }
  const total = spent.nParams * (6 * spent.pretrainTokens + f * spent.inferenceTokens);
  return (total / other.nParams - 6 * other.pretrainTokens) / f;
}

/**
 * Whole samples that a FLOP budget allows for one prompt: the prompt is encoded once, then every sample
 * costs 2·o·(N + V), with o output tokens, N parameters and V parameters of a verifier that reads it.
 *
 * Source: arithmetic of Snell et al. 2024 and Brown et al. 2024, section 2.3; attention left out.
 *
 * @returns 0 where not even one sample fits
 * @throws RangeError on sizes outside their domain
 * @example
 * import { testTimeBudget } from "isoflop";
 * testTimeBudget({ flops: 1e14, nParams: 1e9, promptTokens: 0, outputTokens: 500 }); // => 100
 */
export function testTimeBudget(budget: {
  readonly flops: number;
  readonly nParams: number;
  readonly promptTokens: number;
  readonly outputTokens: number;
  readonly verifierParams?: number;
}): number {
  requireOptions("testTimeBudget", budget, [
    "flops",
    "nParams",
    "promptTokens",
    "outputTokens",
    "verifierParams",
  ]);
  const { flops, nParams, promptTokens, outputTokens, verifierParams = 0 } = budget;
  requirePositive("flops", flops, "give a budget, such as 1e18");
  requirePositive("nParams", nParams, "give a count, such as 7e9");
  requireNonNegative("verifierParams", verifierParams, "give a count; 0 for none");
  requireWhole("promptTokens", promptTokens, 0, "give a count, such as 512");
  requireWhole("outputTokens", outputTokens, 1, "give a count, such as 128");
  const size = nParams + verifierParams;
  return Math.max(0, Math.floor((flops - 2 * promptTokens * size) / (2 * outputTokens * size)));
}
