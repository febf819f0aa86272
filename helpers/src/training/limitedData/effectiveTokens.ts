import { decayedCopies } from "../../laws/limitedData/decayedCopies.ts";
import { requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requireRStar } from "./requireRStar.ts";

/**
 * How repeats lose their worth. `exponential` is the published law; `geometric` takes the same share off with every
 * epoch; `explicit` is `geometric` with its share written as a rate, the same function.
 */
export type DecayForm = "exponential" | "geometric" | "explicit";

/** The forms, by name. */
export const decayForms = ["exponential", "geometric", "explicit"] as const satisfies readonly DecayForm[];

/** Counts of tokens, and how fast repeats decay. */
export interface EffectiveTokensOptions {
  /** Different tokens that there are. */
  readonly uniqueTokens: number;
  /** Tokens that training sees in all, repeats counted. */
  readonly nTokens: number;
  /** R_D*: fresh epochs that endless repetition adds. Infinity: repeats are worth as much as fresh tokens. */
  readonly rStar: number;
  /** Default `exponential`. */
  readonly form?: DecayForm;
}

/**
 * Fresh tokens that would teach as much as `nTokens` tokens drawn again and again from `uniqueTokens`:
 * `D' = U + U R* (1 - e^(-R / R*))` with R = D / U - 1 repetitions; D itself where D <= U.
 *
 * In every form the first epoch counts in full and D' stays below U (1 + R*). `geometric`: each epoch is worth 1 - d
 * of the one before, `U (1 - (1-d)^(D/U)) / d` with d = 1 / (1 + R*). `explicit`: `U (1 - e^(-(R+1) k)) / (1 - e^-k)` with
 * k = ln(1 + 1/R*), the same number.
 *
 * Source: Muennighoff et al. 2023 (arXiv 2305.16264), section 3.1 and appendix A.
 *
 * @returns tokens
 * @throws RangeError when a count or R* is not > 0, or the form is unknown.
 *
 * @example
 * ```ts
 * import { effectiveTokens } from "isoflop";
 * effectiveTokens({ uniqueTokens: 25e9, nTokens: 100e9, rStar: 15.387756 }); // => 9.314e10
 * effectiveTokens({ uniqueTokens: 25e9, nTokens: 10e9, rStar: 15.387756 }); // => 1e10
 * ```
 */
export function effectiveTokens(options: EffectiveTokensOptions): number {
  requireOptions("effectiveTokens", options, ["uniqueTokens", "nTokens", "rStar", "form"]);
  const { uniqueTokens, nTokens, rStar, form = "exponential" } = options;
  requirePositive("uniqueTokens", uniqueTokens, "give the different tokens there are, such as 25e9");
  requirePositive("nTokens", nTokens, "give the tokens seen in training, repeats counted, such as 100e9");
  requireRStar("rStar", rStar);
  requireOneOf("form", form, decayForms);
  return decayedCount(nTokens, uniqueTokens, rStar, form);
}

/** A count of which what exceeds `base` decays: `base` times the copies' worth. */
export function decayedCount(count: number, base: number, rStar: number, form: DecayForm): number {
  if (count <= base) return count;
  const repeats = count / base - 1;
  if (form === "exponential") return base * decayedCopies(repeats, rStar);
  if (rStar === Infinity) return count;
  if (form === "geometric") {
    const decay = 1 / (1 + rStar);
    return (base * -Math.expm1((count / base) * Math.log1p(-decay))) / decay;
  }
  const rate = Math.log1p(1 / rStar);
  return (base * Math.expm1(-(repeats + 1) * rate)) / Math.expm1(-rate);
}
