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
  const means = columns.map(mean);
  const yMean = mean(y);
  const centred = columns.map((column, j) => column.map((value) => value - means[j]!));
  const dy = y.map((value) => value - yMean);
  const inverse = invert(centred.map((u) => centred.map((v) => dot(u, v))));
  const right = centred.map((u) => dot(u, dy));
  const slopes = inverse.map((row) => dot(row, right));
  const residuals = dy.map(
    (value, i) => value - slopes.reduce((sum, slope, j) => sum + slope * centred[j]![i]!, 0),
  );
  const rss = dot(residuals, residuals);
  const variance = n > p + 1 ? rss / (n - p - 1) : Number.NaN;
  const interceptVariance =
    1 / n +
    dot(
      means,
      inverse.map((row) => dot(row, means)),
    );
  return {
    coefficients: [yMean - dot(slopes, means), ...slopes],
    standardErrors: [interceptVariance, ...inverse.map((row, j) => row[j]!)].map((v) =>
      Math.sqrt(variance * v),
    ),
    r2: 1 - rss / dot(dy, dy),
  };
}

const dot = (u: readonly number[], v: readonly number[]) =>
  u.reduce((sum, value, i) => sum + value * v[i]!, 0);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Inverse of a symmetric positive definite matrix by Gauss-Jordan elimination. */
function invert(matrix: readonly (readonly number[])[]): number[][] {
  const size = matrix.length;
  const work = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let k = 0; k < size; k++) {
    const pivot = work[k]![k]!;
    if (!(pivot > 1e-12 * matrix[k]![k]!)) {
      throw new RangeError(`column ${k + 1} is constant or a combination of the others; drop it`);
    }
    for (let j = k; j < 2 * size; j++) work[k]![j]! /= pivot;
    for (let i = 0; i < size; i++) {
      const factor = work[i]![k]!;
      if (i !== k && factor !== 0) for (let j = k; j < 2 * size; j++) work[i]![j]! -= factor * work[k]![j]!;
    }
  }
  return work.map((row) => row.slice(size));
}
