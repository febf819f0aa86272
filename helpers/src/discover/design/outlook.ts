import type { Solved } from "../Discovery.ts";
import { rowsOf } from "../fit/DiscoverData.ts";
import { predictTableLaw, totalParameters } from "../fit/LawFit.ts";
import type { FuturePoints } from "../table/readPoints.ts";
import { covarianceAt } from "./covarianceAt.ts";
import { discrepancyAt } from "./discrepancyAt.ts";

/** What the laws of a set leave open at points, of one response. */
export interface Outlook {
  /** What the law that predicts says. */
  readonly mean: Float64Array;
  /**
   * Expected products of the errors at two points, i n + j: what the parameters leave open, how far laws of the set are apart,
   * and how far others may be from them.
   */
  readonly covariance: Float64Array;
  /** Of a run's noise. */
  readonly noise: Float64Array;
  /** How far the two laws furthest apart are from each other, in standard deviations of a run as each law foresees it. */
  readonly disagreement: Float64Array;
}

/**
 * What is open at points of one group, for each response: each law counts by its weight, and its distance is taken from the
 * law that predicts, as in the intervals of `discover`.
 */
export function outlook({ table, set }: Solved, { points, groupOf }: FuturePoints): Outlook[] {
  const { n } = points;
  const group = groupOf[0]!;
  return table.responses.map(({ data }, r) => {
    const isRelative = data.weights.some((weight) => weight !== 1);
    const laws = set.map(({ law, weight }) => {
      const fit = law.fits[r]!;
      const freedom = Math.max(1, data.points.n - totalParameters(fit.law, data.groups.length));
      const own = fit.fits.find(({ amplitudes }) => amplitudes.has(group))!;
      const part = rowsOf(data, (i) => own.amplitudes.has(table.groupOf[i]!));
      return {
        weight,
        noise: fit.value / freedom,
        values: predictTableLaw(fit, points, groupOf),
        covariance: covarianceAt(own, part, points, group, table.decreasing),
      };
    });
    const mean = laws[0]!.values;
    const covariance = new Float64Array(n * n);
    const noise = new Float64Array(n);
    const within = new Float64Array(n);
    for (const law of laws) {
      for (let i = 0; i < n; i++) {
        const run = law.noise * (isRelative ? law.values[i]! ** 2 : 1);
        noise[i]! += law.weight * run;
        within[i]! += law.weight * (run + law.noise * law.covariance[i * n + i]!);
        const away = law.values[i]! - mean[i]!;
        for (let j = 0; j < n; j++) {
          covariance[i * n + j]! +=
            law.weight * (law.noise * law.covariance[i * n + j]! + away * (law.values[j]! - mean[j]!));
        }
      }
    }
    const beside = discrepancyAt(rowsOf(data, (i) => table.groupOf[i] === group).points, points);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        covariance[i * n + j]! += beside[i * n + j]! * Math.sqrt(noise[i]! * noise[j]!);
      }
    }
    const disagreement = mean.map((_, i) => {
      const values = laws.map((law) => law.values[i]!);
      const apart = Math.max(...values) - Math.min(...values);
      return apart > 0 ? apart / Math.sqrt(within[i]!) : 0;
    });
    return { mean, covariance, noise, disagreement };
  });
}
