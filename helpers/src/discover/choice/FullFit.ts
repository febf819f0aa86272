import { fitTableLaw, type LawFit, type TableLaw, totalParameters } from "../fit/LawFit.ts";
import { leastNoise } from "../fit/leastNoise.ts";
import { linearCount, parameterCount } from "../grammar/Candidate.ts";
import type { DiscoverTable } from "../table/DiscoverTable.ts";

/** A law on the whole table. */
export interface FullFit {
  readonly law: TableLaw;
  /** One a response. */
  readonly fits: readonly LawFit[];
  readonly parameters: number;
  /** Akaike's criterion for small samples, summed over the responses. */
  readonly aicc: number;
  /** Schwarz's criterion, summed over the responses. */
  readonly bic: number;
  /** Standard deviation of a residual of weight 1, one a response; no less than `leastNoise`. */
  readonly sigma: readonly number[];
}

/**
 * Fits a law to every response; undefined where it has too many parameters for the rows, or some that they do not tell.
 *
 * @param earlier fits to the same rows with other weights, from which the search goes on
 */
export function fitFully(
  law: TableLaw,
  table: DiscoverTable,
  earlier?: readonly LawFit[],
): FullFit | undefined {
  const fits: LawFit[] = [];
  let aicc = 0;
  let bic = 0;
  const p = totalParameters(law, table.groupNames.length);
  const sigma: number[] = [];
  if (!canBeTold(law, table.different)) return undefined;
  for (const [r, { data }] of table.responses.entries()) {
    const fit = fitTableLaw(law, data, table.decreasing, earlier?.[r], earlier !== undefined);
    const { n } = data.points;
    if (!fit?.fits.every(({ isTold }) => isTold) || n - p - 2 <= 0) return undefined;
    fits.push(fit);
    const least = leastNoise(data);
    sigma.push(Math.max(least, Math.sqrt(fit.value / (n - p))));
    const deviance = withoutRounding(n * Math.log(Math.max(fit.value / n, least ** 2)));
    aicc += deviance + (2 * n * (p + 1)) / (n - p - 2);
    bic += deviance + p * Math.log(n);
  }
  return { law, fits, parameters: p, aicc, bic, sigma };
}

/** Laws that say the same of the rows shall be equal, so that the order of the rows does not choose between them. */
const withoutRounding = (deviance: number): number => Math.round(deviance * 1e6) / 1e6;

/** Whether the points of each group, and all together, are as many as the parameters. */
function canBeTold({ candidate, shared }: TableLaw, different: readonly number[]): boolean {
  const own = shared ? linearCount(candidate) : parameterCount(candidate);
  const all = different.reduce((sum, one) => sum + one, 0);
  return (
    different.every((points) => points >= own) &&
    all >= totalParameters({ candidate, shared }, different.length)
  );
}
