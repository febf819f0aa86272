import type { Fit } from "../fit/FitResult.ts";
import type { Interval } from "../fit/uncertainty/Interval.ts";
import { predictionIntervals } from "../fit/uncertainty/predictionInterval.ts";
import { requireLevel } from "../numerics/arguments/requireNumber.ts";

/** Intervals at a point, in the unit of the response. */
export interface PointIntervals {
  /** For the law's value there. */
  readonly law: Interval;
  /** For where one more run of the runs' median weight would land. */
  readonly run: Interval;
}

/**
 * The intervals of `Fit.predictionInterval` at many points: what does not depend on the point is reckoned once.
 *
 * @param level mass of the intervals, between 0 and 1
 * @returns what gives the intervals at a point; undefined where the runs do not determine the law, or leave nothing over
 * @throws RangeError when the level is not between 0 and 1
 * @example
 * import { chinchilla, fit, lawIntervals } from "isoflop";
 * import { chinchillaFigure4 } from "isoflop-datasets";
 * const law = fit(chinchilla, chinchillaFigure4().filter((run) => !run.isOutlier));
 * const at = lawIntervals(law, 0.95)?.({ nParams: 70e9, nTokens: 1.4e12 });
 * at !== undefined && at.run[0] < at.law[0]; // => true
 */
export function lawIntervals<V extends string, P extends string, R extends string>(
  fit: Fit<V, P, R>,
  level: number,
): ((point: Readonly<Record<V, number>>) => PointIntervals) | undefined {
  requireLevel(level);
  if (fit.status === "not-identified" || fit.n <= fit.freeParameters) return undefined;
  return predictionIntervals(fit, level);
}
