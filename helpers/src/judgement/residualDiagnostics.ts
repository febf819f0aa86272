import type { Fit } from "../fit/FitResult.ts";
import { objectiveOf } from "../fit/objective/objectiveOf.ts";
import { withoutNoise } from "../fit/uncertainty/withoutNoise.ts";
import { formatNumber } from "../format/formatNumber.ts";
import { mean } from "../numerics/mean.ts";
import { robustSpread } from "../numerics/robustSpread.ts";

/** How residuals go along one variable. */
export interface Trend {
  /** Slope of the residual by ln variable (by the variable itself where it may be negative). */
  readonly slope: number;
  /** Slope over its standard error; beyond ±3 the law misses something along that variable. */
  readonly tStatistic: number;
}

/** What the residuals of a fit look like; those of a law that is right are centred and without trend. */
export interface ResidualDiagnostics<V extends string = string> {
  readonly mean: number;
  readonly standardDeviation: number;
  /** From the median absolute deviation; far below the standard deviation when tails are heavy. */
  readonly robustSpread: number;
  readonly skewness: number;
  /** 0 for Gaussian noise, 3 for Laplace's. */
  readonly excessKurtosis: number;
  readonly trends: Readonly<Record<V, Trend>>;
  /** Rows further than `threshold` robust spreads from the median-free zero, farthest first. */
  readonly outliers: readonly number[];
  /** What the residuals say about the law, in plain words; empty when they say nothing. */
  readonly notes: readonly string[];
}

/**
 * Looks for what a law left in its residuals: trends along its variables, heavy tails, outlying runs.
 *
 * @param threshold robust standard deviations beyond which a run is flagged (default 5)
 * @example
 * import { chinchilla, fit, residualDiagnostics } from "isoflop";
 * import { chinchillaFigure4 } from "isoflop-datasets";
 * const runs = chinchillaFigure4();
 * const { outliers } = residualDiagnostics(fit(chinchilla, runs));
 * outliers.some((row) => runs[row]?.isOutlier); // => true
 */
export function residualDiagnostics<V extends string, P extends string, R extends string>(
  fit: Fit<V, P, R>,
  threshold = 5,
): ResidualDiagnostics<V> {
  const residuals = fit.residuals();
  const { n, table, law } = fit;
  const { centre, variance, third, fourth } = moments(residuals);
  const spread = robustSpread(residuals);
  const trends = Object.fromEntries(
    law.variables.map(({ name }, v) => [name, trend(table.x[v]!, residuals)]),
  ) as Record<V, Trend>;
  const outliers: number[] = [];
  // Of runs that the law meets exactly, the digits that are left say nothing. A spread above this is no rounding.
  const isExact = spread < 1e-6 && withoutNoise(objectiveOf(fit), fit.minimum.z);
  for (let i = 0; i < n && !isExact; i++) if (Math.abs(residuals[i]!) > threshold * spread) outliers.push(i);
  outliers.sort((i, j) => Math.abs(residuals[j]!) - Math.abs(residuals[i]!));
  const excessKurtosis = variance > 0 ? fourth / variance ** 2 - 3 : 0;
  const notes: string[] = [];
  for (const [name, { tStatistic }] of Object.entries<Trend>(trends)) {
    if (Math.abs(tStatistic) > 3 && !isExact) {
      const way = tStatistic > 0 ? "grow" : "fall";
      notes.push(
        `residuals ${way} with ${name} (t = ${formatNumber(tStatistic, 3)}): the law misses something along it`,
      );
    }
  }
  if (outliers.length > 0) {
    const list = outliers.slice(0, 5).join(", ") + (outliers.length > 5 ? ", …" : "");
    notes.push(
      `${outliers.length} of ${n} runs lie more than ${threshold} robust standard deviations off (rows ${list}, counted from 0); look at them before trusting squared loss`,
    );
  }
  if (n >= 20 && excessKurtosis > 2 && !isExact) {
    notes.push(
      `the residuals' tails are heavy (excess kurtosis ${formatNumber(excessKurtosis, 3)}): Huber or L1 loss suits them better than squared loss`,
    );
  }
  return {
    mean: centre,
    standardDeviation: Math.sqrt(variance),
    robustSpread: spread,
    skewness: variance > 0 ? third / variance ** 1.5 : 0,
    excessKurtosis,
    trends,
    outliers,
    notes,
  };
}

/** The mean, and the second to fourth moments about it. */
function moments(values: Float64Array) {
  const n = values.length;
  const centre = mean(values);
  let [second, third, fourth] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const off = values[i]! - centre;
    const square = off * off;
    second += square;
    third += square * off;
    fourth += square * square;
  }
  return { centre, variance: second / n, third: third / n, fourth: fourth / n };
}

/** Slope and t of a straight line; a million rows are no pairs of points. */
function trend(x: Float64Array, y: Float64Array): Trend {
  const n = x.length;
  if (n < 3 || x.every((value) => value === x[0])) return { slope: 0, tStatistic: 0 };
  const meanX = mean(x);
  const meanY = mean(y);
  if (!Number.isFinite(meanY)) return { slope: 0, tStatistic: 0 };
  let [xx, xy] = [0, 0];
  for (let i = 0; i < n; i++) {
    const dx = x[i]! - meanX;
    xx += dx * dx;
    xy += dx * (y[i]! - meanY);
  }
  const slope = xy / xx;
  let left = 0;
  for (let i = 0; i < n; i++) {
    const rest = y[i]! - meanY - slope * (x[i]! - meanX);
    left += rest * rest;
  }
  const standardError = Math.sqrt(left / (n - 2) / xx);
  return { slope, tStatistic: standardError > 0 ? slope / standardError : 0 };
}
