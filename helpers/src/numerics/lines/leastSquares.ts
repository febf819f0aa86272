import { quadraticForm } from "../linear/quadraticForm.ts";
import { centredRegression } from "./centredRegression.ts";

/** Result of a linear least-squares fit. */
export interface LeastSquares {
  /** Intercept first, then one coefficient a column. */
  readonly coefficients: readonly number[];
  /** Standard errors in the same order, from the residual variance with n - p degrees of freedom; NaN when n = p. */
  readonly standardErrors: readonly number[];
  /** Share of the variance explained. */
  readonly r2: number;
}

/**
 * Ordinary least squares of `y` on an intercept and the given columns: y = c0 + c1 x1 + c2 x2 + ... Columns are
 * centred first, so that nearly constant ones (ln N of models of like size) keep their digits.
 *
 * @param columns x1, x2, ..., each as long as y
 * @throws RangeError when lengths differ, there are fewer points than coefficients, or columns are collinear
 *
 * @example
 * import { leastSquares } from "isoflop";
 * leastSquares([[0, 1, 2, 3]], [1, 3, 5, 7]).coefficients; // => [1, 2]
 */
export function leastSquares(columns: readonly (readonly number[])[], y: readonly number[]): LeastSquares {
  const n = y.length;
  const p = columns.length;
  if (columns.some((column) => column.length !== n)) {
    throw new RangeError(
      `every column must have ${n} values like y, got ${columns.map((c) => c.length).join(", ")}`,
    );
  }
  if (n < p + 1)
    throw new RangeError(`${p + 1} coefficients need at least as many points, got ${n}; add runs`);
  // Beyond 1 - 1e-12 two columns are one, measured twice.
  const found = centredRegression(columns, y, 1e-12);
  if (found === undefined) {
    const first = columns.findIndex((_, j) => !centredRegression(columns.slice(0, j + 1), y, 1e-12));
    throw new RangeError(`column ${first + 1} is constant or a combination of the others; drop it`);
  }
  const { means, yMean, slopes, residualSquares, totalSquares } = found;
  const inverse = found.inverse();
  const variance = n > p + 1 ? residualSquares / (n - p - 1) : Number.NaN;
  const errors = Array.from(slopes, (_, j) => Math.sqrt(variance * inverse[j * p + j]!));
  return {
    coefficients: [slopes.reduce((rest, slope, j) => rest - slope * means[j]!, yMean), ...slopes],
    standardErrors: [Math.sqrt(variance * (1 / n + quadraticForm(means, inverse))), ...errors],
    r2: 1 - residualSquares / totalSquares,
  };
}
