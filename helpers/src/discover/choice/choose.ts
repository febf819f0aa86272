import type { ScoredLaw } from "./scoreLaws.ts";
import type { Units } from "./units.ts";

/** A law of the set. */
export interface ChosenLaw {
  readonly law: ScoredLaw;
  /** In the spread that intervals hold. */
  readonly weight: number;
  /** Extrapolation error: the mean of the logarithms of held-out errors, in standard deviations of the noise; NaN without folds. */
  readonly error: number;
}

/** What the rows say of the laws. */
export interface Choice {
  /** The laws that the rows cannot tell apart, the chosen one first; with it alone the choice is decided. */
  readonly set: readonly ChosenLaw[];
  /** `likelihood` where the law that all rows speak for also foretells the rows held out, `extrapolation` where none does. */
  readonly by: "likelihood" | "extrapolation";
}

const mostInSet = 8;
/** Differences of BIC: not worth a mention below the first, very strong beyond the second (Kass and Raftery 1995). */
const noMention = 2;
const veryStrong = 10;
/** A difference of AICc beyond which a law has considerably less support than another (Burnham and Anderson 2002). */
const lessSupport = 7;
/** Residuals so many times the least are no description of the rows, however well what is held out is met. */
const noDescription = 1.5;
/** Below it the rows held out contradict a law. */
const contradiction = 0.05;
/** Standard errors within which two laws are alike, and beyond which one is surely worse. */
const alike = 1;
const worse = 3;

/**
 * The law to predict with, and those that the rows do not tell from it.
 *
 * Laws whose residuals are 1.5 times the least are left out. Where some law describes the rows but for their noise, their likelihood tells most: the smallest law within 2 of the least
 * BIC is chosen, if the rows held out do not contradict it and its extrapolation error is no more than three standard errors
 * above the least (where there are lines of runs to take a standard error over). The set is of laws within 10 of the least BIC of which the same holds; half of the weight is the chosen one's, the other half goes
 * by BIC. Where no such law is, none describes the rows, BIC counts noise that is none, and the extrapolation error
 * decides: the smallest law within one standard error of the least, under the squared and under Huber's loss, and within 7 of
 * the least AICc among those; the set is of all laws within one standard error, and weights are the inverse squares of their
 * errors.
 *
 * Source: Kass and Raftery 1995 for BIC; Chow 1960 for the rows held out; the rule of standard errors of Breiman et al. 1984.
 */
export function choose(
  all: readonly ScoredLaw[],
  { weights, isByRow }: Pick<Units, "weights" | "isByRow">,
): Choice {
  const scored = describing(all);
  const squared = standings(scored, (law) => law.squared, weights);
  const least = Math.min(...scored.map(({ bic }) => bic));
  const bySize = [...scored.keys()].sort(
    (a, b) => scored[a]!.parameters - scored[b]!.parameters || scored[a]!.bic - scored[b]!.bic,
  );
  const isForetold = (k: number) =>
    scored[k]!.foretold >= contradiction && (isByRow || squared[k]!.excess <= worse);
  const first = bySize.find((k) => scored[k]!.bic - least <= noMention && isForetold(k));
  if (first === undefined) return byExtrapolation(scored, weights, squared);
  const others = scored.filter(({ bic }, k) => k !== first && bic - least <= veryStrong && isForetold(k));
  const laws = [scored[first]!, ...others.sort((a, b) => a.bic - b.bic).slice(0, mostInSet - 1)];
  const supports = laws.map(({ bic }) => Math.exp((least - bic) / 2));
  return { set: setOf(laws, supports, 0.5, weights), by: "likelihood" };
}

/** The laws whose residuals are not far above the least. */
function describing(all: readonly ScoredLaw[]): ScoredLaw[] {
  const sizes = all.map(({ sigma }) => sigma.reduce((sum, one) => sum + Math.log(one) / sigma.length, 0));
  const least = Math.min(...sizes);
  return all.filter((_, k) => !(sizes[k]! - least > Math.log(noDescription)));
}

function byExtrapolation(
  scored: readonly ScoredLaw[],
  weights: Float64Array,
  squared: readonly Standing[],
): Choice {
  const absolute = standings(scored, (law) => law.absolute, weights);
  const held = scored.filter((_, k) => squared[k]!.excess <= alike && absolute[k]!.excess <= alike);
  const best = scored.filter((_, k) => squared[k]!.isBest || absolute[k]!.isBest);
  const ranked = (held.length > 0 ? held : best)
    .map((law) => ({ law, error: mean(law.squared, weights) }))
    .sort((a, b) => a.error - b.error || a.law.parameters - b.law.parameters);
  const least = Math.min(...ranked.map(({ law }) => law.aicc));
  const first = ranked
    .filter(({ law }) => law.aicc - least <= lessSupport)
    .sort((a, b) => a.law.parameters - b.law.parameters || a.error - b.error)[0]!;
  const set = [first, ...ranked.filter((one) => one !== first).slice(0, mostInSet - 1)];
  return {
    set: setOf(
      set.map(({ law }) => law),
      set.map(({ error }) => Math.exp(-2 * error)),
      0,
      weights,
    ),
    by: "extrapolation",
  };
}

/** Laws with weights in proportion to `supports`, of which `share` goes to the first beforehand. */
function setOf(
  laws: readonly ScoredLaw[],
  supports: readonly number[],
  share: number,
  weights: Float64Array,
): ChosenLaw[] {
  const total = supports.reduce((sum, one) => sum + one, 0);
  return laws.map((law, k) => ({
    law,
    weight: (k === 0 ? share : 0) + ((1 - share) * supports[k]!) / total,
    error: weights.length > 0 ? mean(law.squared, weights) : Number.NaN,
  }));
}

interface Standing {
  /** Above the least mean error, in standard errors of the difference. */
  readonly excess: number;
  readonly isBest: boolean;
}

function standings(
  scored: readonly ScoredLaw[],
  of: (law: ScoredLaw) => Float64Array,
  weights: Float64Array,
): Standing[] {
  const means = scored.map((law) => mean(of(law), weights));
  const best = means.indexOf(Math.min(...means));
  const reference = of(scored[best]!);
  return scored.map((law, k) => {
    const difference = means[k]! - means[best]!;
    const error = standardError(
      of(law).map((value, i) => value - reference[i]!),
      weights,
    );
    return { isBest: k === best, excess: difference === 0 ? 0 : difference / error };
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
