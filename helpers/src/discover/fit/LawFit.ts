import { type Candidate, linearCount, parameterCount } from "../grammar/Candidate.ts";
import type { Points } from "../grammar/evaluateTerm.ts";
import { type DiscoverData, rowsOf } from "./DiscoverData.ts";
import { type CandidateFit, fitCandidate } from "./fitCandidate.ts";
import { predictWith } from "./predict.ts";

/** A law for a table with groups: its exponents are the same in every group, or each group's own. Amplitudes are a group's own. */
export interface TableLaw {
  readonly candidate: Candidate;
  readonly shared: boolean;
}

/** One fit for all groups, or one a group. */
export interface LawFit {
  readonly law: TableLaw;
  readonly fits: readonly CandidateFit[];
  readonly value: number;
}

/** How many parameters a law has in all groups together. */
export function totalParameters({ candidate, shared }: TableLaw, groups: number): number {
  const all = parameterCount(candidate);
  const linear = linearCount(candidate);
  return shared ? all - linear + linear * groups : all * groups;
}

/**
 * Fits a law to a table; undefined where the rows, or those of a group, are not more than its parameters.
 *
 * @param earlier a fit to more or other rows of the table, from which the search goes on
 */
export function fitTableLaw(
  law: TableLaw,
  data: DiscoverData,
  decreasing: ReadonlySet<number>,
  earlier?: LawFit,
  warm = false,
): LawFit | undefined {
  const { candidate, shared } = law;
  const groups = data.groups.length;
  const smallest = Math.min(...data.groups.map((_, g) => data.starts[g + 1]! - data.starts[g]!));
  const least = shared ? linearCount(candidate) : parameterCount(candidate) + 1;
  if (smallest < least || data.points.n <= totalParameters(law, groups)) return undefined;
  const parts =
    shared || groups === 1
      ? [data]
      : data.groups.map((_, g) => rowsOf(data, (i) => i >= data.starts[g]! && i < data.starts[g + 1]!));
  const fits = parts.map((part) => {
    const before = earlier?.fits.find((one) => one.amplitudes.has(part.groups[0]!));
    return fitCandidate(candidate, part, { decreasing, warm, ...(before && { start: before.theta }) });
  });
  const value = fits.reduce((sum, one) => sum + one.value, 0);
  return Number.isFinite(value) ? { law, fits, value } : undefined;
}

/** What a law says at points of groups; NaN at those of a group that it was not fitted to. */
export function predictTableLaw(fit: LawFit, points: Points, groupOf: ArrayLike<number>): Float64Array {
  const predicted = new Float64Array(points.n).fill(Number.NaN);
  for (const one of fit.fits) {
    const own = predictWith(one, points, (i) => groupOf[i]!);
    for (let i = 0; i < points.n; i++) if (!Number.isNaN(own[i]!)) predicted[i] = own[i]!;
  }
  return predicted;
}
