import type { Fit } from "../fit/FitResult.ts";
import type { Interval } from "../fit/uncertainty/Interval.ts";
import { parameterArray, pointColumns } from "../laws/definition/predict.ts";
import { requireLevel } from "../numerics/arguments/requireNumber.ts";
import { studentTQuantile } from "../numerics/distributions/studentT.ts";

/** Intervals at a point, in the unit of the response. */
export interface PointIntervals {
  /** For the law's value there. */
  readonly law: Interval;
  /** For where one more run of weight 1 would land. */
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
  const { law, table, options } = fit;
  const covariance = fit.covariance();
  const names = law.parameters.map(({ name }) => name);
  const between = names.map((a) => names.map((b) => covariance.between(a, b)));
  const freedom = Math.max(covariance.freedom, 1);
  const noise = fit.residuals().reduce((sum, r, i) => sum + table.w[i]! * r * r, 0) / freedom;
  const reach = studentTQuantile((1 + level) / 2, freedom);
  const theta = parameterArray(law, fit.parameters);
  const isRaw = options.residual === "raw";
  return (point) => {
    const value = new Float64Array(1);
    const slope = new Float64Array(names.length);
    law.evaluate(theta, pointColumns(law, point), 1, value, slope);
    const at = value[0]!;
    let variance = 0;
    for (const [a, row] of between.entries()) {
      for (const [b, one] of row.entries()) variance += slope[a]! * slope[b]! * one;
    }
    // Parameters that are held have no slope in the search, and no covariance.
    const own = Math.max(0, Number.isFinite(variance) ? variance : 0) / (isRaw ? 1 : at * at);
    const around = (size: number): Interval => {
      const width = reach * Math.sqrt(size);
      return isRaw ? [at - width, at + width] : [at * Math.exp(-width), at * Math.exp(width)];
    };
    return { law: around(own), run: around(own + noise) };
  };
}
