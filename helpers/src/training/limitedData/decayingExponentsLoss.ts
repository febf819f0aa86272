import { requireNonNegative, requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { balancedParams, type SizeAndDataConstants } from "./effectiveParamsWithData.ts";
import { requireRStar } from "./requireRStar.ts";

/**
 * The loss of the form that the authors tried and left: exponents, not counts, decay with excess,
 * `E + A / N^(alpha max(0, 1 - R_N / R_N*)) + B / D^(beta max(0, 1 - R_D / R_D*))`. Unlike `dataConstrained` it rises with
 * repetition in the end.
 *
 * Source: Muennighoff et al. 2023 (arXiv 2305.16264), appendix A, table 1; huggingface/datablations,
 * utils/parametric_fit.ipynb at 1370131.
 *
 * @returns nats per token
 * @throws RangeError when a count, an R* or a constant of the law is not > 0 (E: below 0).
 *
 * @example
 * ```ts
 * import { decayingExponentsLoss, muennighoff2023 } from "isoflop";
 * const run = { nParams: 2.81e9, nTokens: 55e9, uniqueTokens: 11e9 };
 * decayingExponentsLoss(run, { law: muennighoff2023, rStarTokens: 26530.611, rStarParams: 2040.8163 }); // => 2.36
 * ```
 */
export function decayingExponentsLoss(
  run: { readonly nParams: number; readonly nTokens: number; readonly uniqueTokens: number },
  options: {
    readonly law: SizeAndDataConstants & { readonly parameters: { readonly E: number } };
    readonly rStarTokens: number;
    readonly rStarParams: number;
  },
): number {
  const { nParams, nTokens, uniqueTokens } = run;
  requireOptions("decayingExponentsLoss", options, ["law", "rStarTokens", "rStarParams"]);
  const { law, rStarTokens, rStarParams } = options;
  requirePositive("nParams", nParams, "give the parameters of the model, such as 7e9");
  requirePositive("nTokens", nTokens, "give the tokens seen in training, repeats counted, such as 100e9");
  requirePositive("uniqueTokens", uniqueTokens, "give the different tokens there are, such as 25e9");
  requireRStar("rStarTokens", rStarTokens);
  requireRStar("rStarParams", rStarParams);
  const seen = Math.min(uniqueTokens, nTokens);
  const excess = Math.max(nParams / balancedParams({ uniqueTokens: seen, law }) - 1, 0);
  const { E, A, B, alpha, beta } = law.parameters;
  requireNonNegative(
    "E of the law",
    E,
    "give a fit of chinchilla or of dataConstrained, or published constants",
  );
  const ofModel = alpha * Math.max(0, 1 - excess / rStarParams);
  const ofData = beta * Math.max(0, 1 - (nTokens / seen - 1) / rStarTokens);
  return E + A * nParams ** -ofModel + B * nTokens ** -ofData;
}
