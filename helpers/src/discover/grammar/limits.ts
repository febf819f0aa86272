import type { Candidate, Feature } from "./Candidate.ts";
import { hasInner, variablesOf } from "./Candidate.ts";
import type { Points } from "./evaluateTerm.ts";

/** Where a parameter may lie, and where its search begins. */
export interface Limit {
  readonly low: number;
  readonly high: number;
  /** The range that starts are drawn from. */
  readonly from: number;
  readonly to: number;
}

/** The steepest power a law may have; published exponents of scale lie between .05 and 1. */
const steepest = 3;
/** The flattest power beside a floor: below it floor and amplitude can no longer be told apart. */
const flattest = 0.01;

/**
 * The limits of a law's parameters, in the order of `evaluateTerm`. A power of one variable beside a floor falls off with
 * it, and so does an exponential of one along which the future lies: growing, it would have no end; exponents in products
 * may have both signs, except those of `decreasing`.
 */
export function limitsOf(candidate: Candidate, points: Points, decreasing: ReadonlySet<number>): Limit[] {
  return candidate.terms.flatMap((term): Limit[] => {
    if (term.kind === "monomial") return [];
    if (term.kind === "logistic") {
      const [low, high] = rangeOf(points.u[term.v]!);
      const width = high - low;
      return [
        { low: low - width, high: high + width, from: low, to: high + width / 2 },
        { low: 0.3 / width, high: 100 / width, from: 2 / width, to: 20 / width },
      ];
    }
    const isAlone = candidate.floor && term.features.length === 1;
    return term.features.flatMap((feature) => {
      const exponent = exponentLimit(feature, points, isAlone, decreasing);
      return hasInner(feature) ? [exponent, innerLimit(feature, points)] : [exponent];
    });
  });
}

function exponentLimit(
  feature: Feature,
  points: Points,
  isAlone: boolean,
  decreasing: ReadonlySet<number>,
): Limit {
  if (feature.kind === "product") return { low: -2, high: 2, from: -0.05, to: 0.05 };
  const v = feature.kind === "repeated" ? feature.unique : feature.v;
  const mustFall = variablesOf({ kind: "power", features: [feature] }).some((one) => decreasing.has(one));
  const { kind, isFuture } = points.coordinates[v]!;
  if (kind === "value") {
    return mustFall || (isAlone && isFuture)
      ? { low: -8, high: -flattest, from: -1.5, to: -0.1 }
      : { low: -8, high: 8, from: -1.5, to: 1.5 };
  }
  if (isAlone || mustFall) return { low: -steepest, high: -flattest, from: -1, to: -0.05 };
  return { low: -steepest, high: steepest, from: -0.8, to: 0.4 };
}

/** ln K: from a tenth of the smallest value to ten times the largest. */
function innerLimit(feature: Feature, points: Points): Limit {
  if (feature.kind === "repeated") return { low: Math.log(0.3), high: Math.log(300), from: 0.5, to: 4 };
  if (feature.kind === "slow") return { low: Math.log(1e-3), high: Math.log(30), from: -3, to: 1 };
  if (feature.kind === "limited") {
    const by = points.u[feature.by]!;
    const [low, high] = rangeOf(points.u[feature.v]!.map((own, i) => own - by[i]!));
    return { low: low - 2.3, high: high + 2.3, from: low, to: high };
  }
  const v = (feature as { readonly v: number }).v;
  const { reference } = points.coordinates[v]!;
  const positive = points.x[v]!.filter((x) => x > 0).map((x) => Math.log(x / reference));
  const [low, high] = rangeOf(positive);
  return { low: low - 2.3, high: high + 2.3, from: low, to: high };
}

function rangeOf(values: Float64Array): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}
