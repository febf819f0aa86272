import { logBalancedParams } from "../../laws/limitedData/logBalancedParams.ts";
import { requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { type DecayForm, decayedCount, decayForms } from "./effectiveTokens.ts";
import { requireRStar } from "./requireRStar.ts";

/** Constants of a law whose terms are A / N^alpha and B / D^beta: a fit of `chinchilla` or of `dataConstrained`, or published ones. */
export interface SizeAndDataConstants {
  readonly parameters: Readonly<Record<"A" | "B" | "alpha" | "beta", number>>;
}

/** A model, the data it has, and how fast excess parameters decay. */
export interface EffectiveParamsWithDataOptions {
  readonly nParams: number;
  /** Different tokens that training sees. */
  readonly uniqueTokens: number;
  readonly law: SizeAndDataConstants;
  /** R_N*: balanced sizes that endless parameters add. Infinity: parameters never lose their worth. */
  readonly rStar: number;
  /** Default `exponential`. */
  readonly form?: DecayForm;
}

/**
 * The size U_N that is compute-optimal for so many fresh tokens: `U_N = (U G)^(beta/alpha) G` with
 * `G = (alpha A / (beta B))^(1/(alpha+beta))`.
 *
 * Source: Muennighoff et al. 2023 (arXiv 2305.16264), appendix A; from Hoffmann et al. 2022, eq. 4.
 *
 * @returns parameters
 * @throws RangeError when the count or a constant of the law is not > 0.
 *
 * @example
 * ```ts
 * import { balancedParams, muennighoff2023 } from "isoflop";
 * balancedParams({ uniqueTokens: 100e6, law: muennighoff2023 }); // => 5.0987e6
 * ```
 */
export function balancedParams(options: {
  readonly uniqueTokens: number;
  readonly law: SizeAndDataConstants;
}): number {
  requireOptions("balancedParams", options, ["uniqueTokens", "law"]);
  const { uniqueTokens, law } = options;
  requirePositive("uniqueTokens", uniqueTokens, "give the different tokens there are, such as 25e9");
  const constants = law?.parameters;
  for (const name of ["A", "B", "alpha", "beta"] as const) {
    const way = "give a fit of chinchilla or of dataConstrained, or published constants";
    requirePositive(`${name} of the law`, constants?.[name], way);
  }
  return Math.exp(logBalancedParams(constants, Math.log(uniqueTokens)));
}

/**
 * Parameters of a balanced model that would do as well as `nParams` on `uniqueTokens` different tokens: what exceeds
 * the compute-optimal size U_N of those tokens decays, `N' = U_N + U_N R* (1 - e^(-R / R*))` with R = N / U_N - 1; N
 * itself where N <= U_N.
 *
 * Source: Muennighoff et al. 2023 (arXiv 2305.16264), section 3.1 and appendix A.
 *
 * @returns parameters
 * @throws RangeError when a count, R* or a constant of the law is not > 0, or the form is unknown.
 *
 * @example
 * ```ts
 * import { effectiveParamsWithData, muennighoff2023 } from "isoflop";
 * const law = muennighoff2023;
 * effectiveParamsWithData({ nParams: 8.67e9, uniqueTokens: 25e9, law, rStar: 5.309743 }); // => 5.773e9
 * ```
 */
export function effectiveParamsWithData(options: EffectiveParamsWithDataOptions): number {
  requireOptions("effectiveParamsWithData", options, ["nParams", "uniqueTokens", "law", "rStar", "form"]);
  const { nParams, uniqueTokens, law, rStar, form = "exponential" } = options;
  requirePositive("nParams", nParams, "give the parameters of the model, such as 7e9");
  requireRStar("rStar", rStar);
  requireOneOf("form", form, decayForms);
  return decayedCount(nParams, balancedParams({ uniqueTokens, law }), rStar, form);
}
