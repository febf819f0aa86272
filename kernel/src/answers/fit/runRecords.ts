import { type Bootstrap, type Fit, type FittedLaw, lawIntervals } from "isoflop";
import type { LoadedRuns } from "../../tables/loadRuns.ts";
import type { LoadedRun } from "../../tables/RunTable.ts";

/** A row of a table that is written: cells by their columns. */
export type OutputRow = Readonly<Record<string, number | string | boolean>>;

/** Where a law's value and one more run would lie. */
export interface IntervalOptions {
  readonly level: number;
  readonly bootstrap: Bootstrap | null;
}

/**
 * One row a run: where it stands, what the law reads and predicts there, what was observed, the residual as the fit has
 * it, and the interval for the law's value.
 *
 * @param texts columns of texts to put beside
 */
export function runRecords(
  fit: Fit,
  loaded: LoadedRuns,
  texts: ReadonlyMap<string, readonly string[]> | undefined,
  options: IntervalOptions,
): OutputRow[] {
  const residuals = fit.residuals();
  const interval = intervalAt(fit, options);
  return loaded.runs.records().map((run, k) => {
    const point = pointOf(fit, run);
    return {
      place: loaded.placeOf(k),
      ...Object.fromEntries([...(texts ?? [])].map(([name, values]) => [name, values[k]!])),
      ...point,
      [fit.law.response.name]: run[fit.law.response.name]!,
      fitted: fit.predict(point as never),
      residual: residuals[k]!,
      weight: run.weight!,
      ...interval(point),
    };
  });
}

/** One row a point: what the law reads and predicts there, and the intervals for its value and for one more run. */
export function predictionRecords(fit: Fit, points: LoadedRuns, options: IntervalOptions): OutputRow[] {
  const interval = intervalAt(fit, options, true);
  return points.runs.records().map((run, k) => {
    const point = pointOf(fit, run);
    return {
      place: points.placeOf(k),
      ...point,
      [fit.law.response.name]: fit.predict(point as never),
      ...interval(point),
    };
  });
}

function pointOf(fit: FittedLaw, run: LoadedRun): Record<string, number> {
  return Object.fromEntries(fit.law.variables.map(({ name }) => [name, run[name]!]));
}

/** Intervals at points; empty where the runs do not determine the law. */
function intervalAt(fit: Fit, { level, bootstrap }: IntervalOptions, withNewRun = false) {
  const byLaw = lawIntervals(fit, level);
  if (!byLaw) return () => ({});
  return (point: Record<string, number>): Record<string, number> => {
    const { law, run } = bootstrap
      ? {
          law: bootstrap.predictionInterval(point as never, { level }),
          run: bootstrap.predictionInterval(point as never, { level, kind: "new-run" }),
        }
      : byLaw(point as never);
    const [low, high] = law;
    return withNewRun ? { low, high, run_low: run[0], run_high: run[1] } : { low, high };
  };
}
