import { linearRegression } from "simple-statistics";

/** y = intercept + slope x. */
export interface StraightLine {
  readonly slope: number;
  readonly intercept: number;
}

/**
 * The least-squares line through points, by simple-statistics, whose sums are taken about the means: the slope over
 * dates in milliseconds is as good as over days. All x equal give a slope of NaN.
 */
export function straightLine(x: ArrayLike<number>, y: ArrayLike<number>): StraightLine {
  const { m, b } = linearRegression(Array.from(x, (value, i) => [value, y[i]!]));
  return { slope: m, intercept: b };
}
