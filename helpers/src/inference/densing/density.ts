import { requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { type EffectiveParams, effectiveParams, type ScoreReference } from "./effectiveParams.ts";

/**
 * Capability density ρ = N̂/N: effective parameters over actual ones (dimensionless). 2 means as good as a
 * reference model of twice the size. `problem` says why a score has no density.
 *
 * For a mixture of experts decide whether N is the active or the total count: it changes ρ by up to ten.
 *
 * Source: Xiao et al. 2024, "Densing Law of LLMs", eq. 1.
 *
 * @throws RangeError on nParams that is not positive
 * @example
 * import { density, fitSizeReference } from "isoflop";
 * const family = [{ nParams: 1e9, score: 0.5 }, { nParams: 1e10, score: 0.75 }];
 * const reference = fitSizeReference(family, { floor: 0, ceiling: 1 });
 * density({ nParams: 5e9, score: 0.75 }, reference).density?.toFixed(3); // => "2.000"
 */
export function density(
  model: { readonly nParams: number; readonly score: number },
  reference: ScoreReference,
): { readonly density?: number; readonly problem?: EffectiveParams["problem"] } {
  requirePositive("nParams", model.nParams, "give a count, such as 7e9");
  const { nParams, problem } = effectiveParams(reference, model.score);
  return nParams === undefined ? { problem } : { density: nParams / model.nParams };
}
