import { normalCdf, normalQuantile } from "../../../numerics/distributions/normal.ts";
import { mean } from "../../../numerics/mean.ts";
import { quantileOfSorted } from "../../../numerics/quantile.ts";
import type { Interval } from "../Interval.ts";

/**
 * Efron's interval from replicates, corrected for bias (the share of replicates below the estimate) and for a spread
 * that changes with the quantity (the skewness of its leave-one-out values).
 *
 * Source: Efron 1987, "Better bootstrap confidence intervals".
 */
export function bcaLimits(
  sorted: Float64Array,
  estimate: number,
  leftOut: Float64Array,
  level: number,
): Interval {
  let below = 0;
  while (below < sorted.length && sorted[below]! < estimate) below++;
  const bias = normalQuantile(Math.min(Math.max(below, 0.5), sorted.length - 0.5) / sorted.length);
  const acceleration = accelerationOf(leftOut);
  const limit = (share: number) => {
    const u = bias + normalQuantile(share);
    return quantileOfSorted(sorted, normalCdf(bias + u / (1 - acceleration * u)));
  };
  const tail = (1 - level) / 2;
  return [limit(tail), limit(1 - tail)];
}

function accelerationOf(leftOut: Float64Array): number {
  const centre = mean(leftOut);
  let square = 0;
  let cube = 0;
  for (const value of leftOut) {
    square += (centre - value) ** 2;
    cube += (centre - value) ** 3;
  }
  return square > 0 ? cube / (6 * square ** 1.5) : 0;
}
