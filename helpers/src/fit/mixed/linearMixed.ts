import { choleskyFactor, choleskyInverse, choleskySolve } from "../../numerics/linear/cholesky.ts";

/** What a linear mixed model needs of a group: sums over its rows, X for the fixed and Z for the random effects. */
export interface GroupSums {
  readonly xx: Float64Array;
  readonly zx: Float64Array;
  readonly zz: Float64Array;
  readonly xy: Float64Array;
  readonly zy: Float64Array;
  readonly yy: number;
}

/** The best of a linear mixed model for one factor L of the random effects' relative covariance `L L'`. */
export interface MixedSolution {
  /** -2 log likelihood (restricted, if asked for) with sigma at its best. */
  readonly deviance: number;
  readonly sigma: number;
  readonly fixed: Float64Array;
  /** For each group its random effects. */
  readonly random: readonly Float64Array[];
  /** Inverse of the fixed effects' information, without sigma squared. */
  readonly inverse: Float64Array;
}

/** Sums of a group from its rows: X (n x p), Z (n x r), y. */
export function groupSums(
  x: Float64Array,
  z: Float64Array,
  y: Float64Array,
  p: number,
  r: number,
): GroupSums {
  const n = y.length;
  const products = (a: Float64Array, b: Float64Array, s: number, t: number) => {
    const out = new Float64Array(s * t);
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < s; k++)
        for (let l = 0; l < t; l++) out[k * t + l]! += a[i * s + k]! * b[i * t + l]!;
    }
    return out;
  };
  return {
    xx: products(x, x, p, p),
    zx: products(z, x, r, p),
    zz: products(z, z, r, r),
    xy: products(x, y, p, 1),
    zy: products(z, y, r, 1),
    yy: products(y, y, 1, 1)[0]!,
  };
}

/**
 * The profiled deviance of `y_i = X_i beta + Z_i b_i + e_i`, `b_i ~ N(0, sigma^2 L L')`, `e ~ N(0, sigma^2)`, with beta and
 * sigma at their best.
 *
 * Source: Bates et al. 2015 (Journal of Statistical Software 67(1)), section 3; Pinheiro and Bates 2000, section 2.2.
 *
 * @param factor L, lower triangle (r x r, row-major)
 * @returns undefined where the fixed effects are not determined
 */
export function linearMixed(
  groups: readonly GroupSums[],
  factor: Float64Array,
  n: number,
  p: number,
  r: number,
  restricted: boolean,
): MixedSolution | undefined {
  const information = new Float64Array(p * p);
  const right = new Float64Array(p);
  let yy = 0;
  let logs = 0;
  const eliminated: { c: Float64Array; lzx: Float64Array; lzy: Float64Array }[] = [];
  for (const { xx, zx, zz, xy, zy, yy: own } of groups) {
    const lzx = transposedTimes(factor, zx, r, p);
    const lzy = transposedTimes(factor, zy, r, 1);
    const c = transposedTimes(factor, times(zz, factor, r, r, r), r, r);
    for (let k = 0; k < r; k++) c[k * r + k]! += 1;
    if (!choleskyFactor(c, r)) return undefined;
    for (let k = 0; k < r; k++) logs += 2 * Math.log(c[k * r + k]!);
    eliminated.push({ c, lzx, lzy });
    const solvedY = lzy.slice();
    choleskySolve(c, r, solvedY);
    yy += own - dot(lzy, solvedY);
    const column = new Float64Array(r);
    for (let b = 0; b < p; b++) {
      for (let k = 0; k < r; k++) column[k] = lzx[k * p + b]!;
      choleskySolve(c, r, column);
      right[b]! += xy[b]! - dot(column, lzy);
      for (let a = 0; a < p; a++) {
        let sum = xx[a * p + b]!;
        for (let k = 0; k < r; k++) sum -= lzx[k * p + a]! * column[k]!;
        information[a * p + b]! += sum;
      }
    }
  }
  const inverse = choleskyInverse(information, p);
  const root = information.slice();
  if (!inverse || !choleskyFactor(root, p)) return undefined;
  const fixed = right.slice();
  choleskySolve(root, p, fixed);
  const rss = Math.max(yy - dot(fixed, right), 1e-300);
  const freedom = restricted ? n - p : n;
  let deviance = freedom * (Math.log((2 * Math.PI * rss) / freedom) + 1) + logs;
  if (restricted) for (let k = 0; k < p; k++) deviance += 2 * Math.log(root[k * p + k]!);
  const random = eliminated.map(({ c, lzx, lzy }) => {
    const left = lzy.map((each, k) => each - rowDot(lzx, fixed, k, p));
    choleskySolve(c, r, left);
    return times(factor, left, r, r, 1);
  });
  return { deviance, sigma: Math.sqrt(rss / freedom), fixed, random, inverse };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}

function rowDot(matrix: Float64Array, vector: Float64Array, row: number, width: number): number {
  let sum = 0;
  for (let k = 0; k < width; k++) sum += matrix[row * width + k]! * vector[k]!;
  return sum;
}

function times(a: Float64Array, b: Float64Array, rows: number, inner: number, columns: number): Float64Array {
  const out = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < inner; k++) {
      for (let j = 0; j < columns; j++) out[i * columns + j]! += a[i * inner + k]! * b[k * columns + j]!;
    }
  }
  return out;
}

/** `a' b` for a square a. */
function transposedTimes(a: Float64Array, b: Float64Array, size: number, columns: number): Float64Array {
  const out = new Float64Array(size * columns);
  for (let k = 0; k < size; k++) {
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < columns; j++) out[i * columns + j]! += a[k * size + i]! * b[k * columns + j]!;
    }
  }
  return out;
}
