import type { ScoredLaw } from "./scoreLaws.ts";

/** What the folds say of the laws. */
export interface Choice {
  /** The laws that the folds cannot tell apart, the chosen one first; with it alone the choice is decided. */
  readonly set: readonly { readonly law: ScoredLaw; readonly weight: number; readonly error: number }[];
}

const mostInSet = 8;
/** A difference of AICc beyond which a law has no support beside another (Burnham and Anderson 2002). */
const noSupport = 10;

/**
 * The smallest law whose extrapolation error is within a standard error of the best, under the squared and the absolute
 * loss; and all laws of which that holds and that AICc does not rule out beside each other. Their weights in the intervals are
 * the inverse squares of their errors, times their Akaike weights.
 *
 * Source: the one-standard-error rule of Breiman et al. 1984, on paired differences over units.
 */
export function choose(scored: readonly ScoredLaw[], weights: Float64Array): Choice {
  const bySquared = withinOne(scored, (law) => law.squared, weights);
  const byAbsolute = withinOne(scored, (law) => law.absolute, weights);
  const held = scored.filter((_, k) => bySquared[k]!.isWithin && byAbsolute[k]!.isWithin);
  const least = Math.min(...held.map(({ aicc }) => aicc));
  const both = held.filter(({ aicc }) => aicc - least <= noSupport);
  const either = scored.filter((_, k) => bySquared[k]!.isBest || byAbsolute[k]!.isBest);
  const errorOf = (law: ScoredLaw) => mean(law.squared, weights);
  const ranked = (both.length > 0 ? both : either)
    .map((law) => ({ law, error: errorOf(law) }))
    .sort((a, b) => a.error - b.error || a.law.parameters - b.law.parameters);
  const smallest = [...ranked].sort((a, b) => a.law.parameters - b.law.parameters || a.error - b.error)[0]!;
  const set = [smallest, ...ranked.filter((one) => one !== smallest).slice(0, mostInSet - 1)];
  const lowest = Math.min(...set.map(({ law }) => law.aicc));
  const supports = set.map(({ law, error }) => Math.exp(-2 * error - (law.aicc - lowest) / 2));
  const total = supports.reduce((sum, one) => sum + one, 0);
  return { set: set.map(({ law, error }, k) => ({ law, error, weight: supports[k]! / total })) };
}

function withinOne(
  scored: readonly ScoredLaw[],
  of: (law: ScoredLaw) => Float64Array,
  weights: Float64Array,
): { isWithin: boolean; isBest: boolean }[] {
  const means = scored.map((law) => mean(of(law), weights));
  const best = means.indexOf(Math.min(...means));
  const reference = of(scored[best]!);
  return scored.map((law, k) => {
    const differences = of(law).map((value, i) => value - reference[i]!);
    return { isBest: k === best, isWithin: means[k]! - means[best]! <= standardError(differences, weights) };
  });
}

function mean(values: Float64Array, weights: Float64Array): number {
  return values.reduce((sum, value, i) => sum + weights[i]! * value, 0);
}

/** Of a weighted mean, from the spread of the units; their effective number is 1 / Σ w². */
function standardError(values: Float64Array, weights: Float64Array): number {
  const centre = mean(values, weights);
  const effective = 1 / weights.reduce((sum, w) => sum + w * w, 0);
  const variance = values.reduce((sum, value, i) => sum + weights[i]! * (value - centre) ** 2, 0);
  return effective > 1 ? Math.sqrt(variance / (effective - 1)) : Infinity;
}
