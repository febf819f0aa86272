import { mean } from "../mean.ts";
import { straightLine } from "./straightLine.ts";

/** A straight line by ordinary least squares, as {@link linearFit} returns it. */
export interface LinearFit {
  /** Change of y for one unit of x. */
  readonly slope: number;
  /** y at x = 0. */
  readonly intercept: number;
  /** Share of the variance of y that the line accounts for, 0 to 1; NaN when y is constant. */
  readonly r2: number;
  /** Standard error of the slope (homoscedastic); NaN with two points. */
  readonly slopeStandardError: number;
  /** Number of points. */
  readonly nPoints: number;
}

/**
 * Fits y = intercept + slope·x by ordinary least squares.
 *
 * Sums are taken about the means, so that dates in days or counts near 1e12 lose no digits.
 *
 * @param xs abscissae, one a point
 * @param ys ordinates, same length
 * @throws RangeError on lengths that differ, fewer than two points, a value that is not finite, or equal x
 * @example
 * import { linearFit } from "isoflop";
 * linearFit([0, 1, 2], [1, 3, 5]).slope; // => 2
 */
export function linearFit(xs: readonly number[], ys: readonly number[]): LinearFit {
  const n = xs.length;
  if (ys.length !== n) throw new RangeError(`xs and ys must have one length, got ${n} and ${ys.length}`);
  if (n < 2) throw new RangeError(`a line needs at least 2 points, got ${n}`);
  for (let i = 0; i < n; i++) {
    if (!Number.isFinite(xs[i]!) || !Number.isFinite(ys[i]!)) {
      throw new RangeError(`point ${i} must be finite, got (${xs[i]}, ${ys[i]}); drop it`);
    }
  }
  if (xs.every((x) => x === xs[0])) {
    throw new RangeError(`all x equal ${xs[0]}; a line needs two different x`);
  }
  const { slope, intercept } = straightLine(xs, ys);
  const [meanX, meanY] = [mean(xs), mean(ys)];
  let xx = 0;
  let yy = 0;
  let residual = 0;
  for (let i = 0; i < n; i++) {
    const dx = xs[i]! - meanX;
    const dy = ys[i]! - meanY;
    xx += dx * dx;
    yy += dy * dy;
    residual += (dy - slope * dx) ** 2;
  }
  return {
    slope,
    intercept,
    r2: ys.every((y) => y === ys[0]) ? Number.NaN : 1 - residual / yy,
    slopeStandardError: n > 2 ? Math.sqrt(residual / (n - 2) / xx) : Number.NaN,
    nPoints: n,
  };
}
