import { choleskyFactor, choleskySolve } from "../../numerics/linear/cholesky.ts";
import type { GroupSums } from "./groupSums.ts";

/** Sizes of a linear mixed model, and which likelihood is meant. */
export interface MixedSizes {
  /** Runs with weight. */
  readonly n: number;
  /** Fixed and random effects. */
  readonly p: number;
  readonly r: number;
  readonly restricted: boolean;
}

/** The best of a linear mixed model for one factor L of the random effects' relative covariance `L L'`. */
export interface MixedSolution {
  /** -2 log likelihood (restricted, if asked for) with sigma at its best. */
  readonly deviance: number;
  readonly sigma: number;
  /** Penalised squares that are left as a share of the response's own: below 1e-12 they are rounding. */
  readonly left: number;
  readonly fixed: Float64Array;
  /** For each group its random effects. */
  readonly random: readonly Float64Array[];
  /** Inverse of the fixed effects' information, without sigma squared. */
  readonly inverse: Float64Array;
}

/**
 * `y_i = X_i beta + Z_i b_i + e_i`, `b_i ~ N(0, sigma^2 L L')`, `e ~ N(0, sigma^2)`, as a function of L alone: beta and
 * sigma are at their best for every L. Nothing is allocated between two factors.
 *
 * Source: Bates et al. 2015 (Journal of Statistical Software 67(1)), section 3; Pinheiro and Bates 2000, section 2.2.
 */
export class LinearMixed {
  readonly sizes: MixedSizes;
  readonly #groups: readonly GroupSums[];
  /** Of each group the Cholesky factor R of `C = I + L' Z'Z L`, and `R^-1 L' Z' [X y]`. */
  readonly #roots: readonly Float64Array[];
  readonly #halves: readonly Float64Array[];
  readonly #information: Float64Array;
  readonly #fixed: Float64Array;
  readonly #right: Float64Array;
  readonly #factor: Float64Array;
  #squares = 0;
  #yy = 0;

  constructor(groups: readonly GroupSums[], sizes: MixedSizes) {
    const { p, r } = sizes;
    this.sizes = sizes;
    this.#groups = groups;
    this.#roots = groups.map(() => new Float64Array(r * r));
    this.#halves = groups.map(() => new Float64Array(r * (p + 1)));
    this.#information = new Float64Array(p * p);
    this.#fixed = new Float64Array(p);
    this.#right = new Float64Array(p);
    this.#factor = new Float64Array(r * r);
  }

  /** The profiled deviance at L (lower triangle, r x r, row-major); Infinity where the fixed effects are not determined. */
  deviance(factor: Float64Array): number {
    const { n, p, r, restricted } = this.sizes;
    this.#factor.set(factor);
    const information = this.#information.fill(0);
    const right = this.#right.fill(0);
    const moved = new Float64Array(r * r);
    let squares = 0;
    let whole = 0;
    let logs = 0;
    for (const [g, { xx, zz, xy, zxy, yy }] of this.#groups.entries()) {
      const root = this.#roots[g]!;
      const half = this.#halves[g]!;
      product(zz, factor, r, r, r, moved);
      transposedProduct(factor, moved, r, r, root);
      for (let k = 0; k < r; k++) root[k * r + k]! += 1;
      if (!choleskyFactor(root, r)) return Infinity;
      for (let k = 0; k < r; k++) logs += 2 * Math.log(root[k * r + k]!);
      transposedProduct(factor, zxy, r, p + 1, half);
      forward(root, half, r, p + 1);
      whole += yy;
      squares += yy;
      for (let k = 0; k < r; k++) {
        const row = k * (p + 1);
        const last = half[row + p]!;
        squares -= last * last;
        for (let a = 0; a < p; a++) {
          const own = half[row + a]!;
          right[a]! -= own * last;
          for (let b = 0; b <= a; b++) information[a * p + b]! -= own * half[row + b]!;
        }
      }
      for (let a = 0; a < p; a++) {
        right[a]! += xy[a]!;
        for (let b = 0; b <= a; b++) information[a * p + b]! += xx[a * p + b]!;
      }
    }
    if (!choleskyFactor(information, p)) return Infinity;
    this.#fixed.set(right);
    choleskySolve(information, p, this.#fixed);
    for (let a = 0; a < p; a++) squares -= this.#fixed[a]! * right[a]!;
    this.#yy = whole;
    this.#squares = Math.max(squares, 1e-300);
    const freedom = restricted ? n - p : n;
    let deviance = freedom * (Math.log((2 * Math.PI * this.#squares) / freedom) + 1) + logs;
    if (restricted) for (let k = 0; k < p; k++) deviance += 2 * Math.log(information[k * p + k]!);
    return deviance;
  }

  /**
   * The deviance's derivatives by the entries of L at the last factor. With `V = I + Z L L' Z'` the parts `ln |V|`, the
   * squares and (restricted) `ln |X' V^-1 X|` have, by `S = L L'`, the derivatives `Z' V^-1 Z`, `-u u'` with
   * `u = Z' V^-1 (y - X beta)`, and `-T (X' V^-1 X)^-1 T'` with `T = Z' V^-1 X`; by L they are twice that times L.
   */
  slope(out: Float64Array): void {
    const { n, p, r, restricted } = this.sizes;
    const factor = this.#factor;
    const share = (restricted ? n - p : n) / this.#squares;
    const width = p + 1;
    const moved = new Float64Array(r * r);
    const solved = new Float64Array(r * width);
    const pull = new Float64Array(r * width);
    const column = new Float64Array(r);
    const row = new Float64Array(p);
    out.fill(0);
    for (const [g, { zz, zxy }] of this.#groups.entries()) {
      const root = this.#roots[g]!;
      product(zz, factor, r, r, r, moved);
      // C^-1 L' Z' [X y], and Z' V^-1 [X y]; L' times the latter is the former.
      solved.set(this.#halves[g]!);
      backward(root, solved, r, width);
      product(moved, solved, r, r, width, pull);
      for (let k = 0; k < r * width; k++) pull[k] = zxy[k]! - pull[k]!;
      for (let k = 0; k < r; k++) {
        // y - X beta in the place of y.
        for (let a = 0; a < p; a++) {
          pull[k * width + p]! -= pull[k * width + a]! * this.#fixed[a]!;
          solved[k * width + p]! -= solved[k * width + a]! * this.#fixed[a]!;
        }
      }
      for (let k = 0; k < r; k++) {
        for (let l = 0; l < r; l++) column[l] = moved[k * r + l]!;
        choleskySolve(root, r, column);
        if (restricted) {
          for (let a = 0; a < p; a++) row[a] = pull[k * width + a]!;
          choleskySolve(this.#information, p, row);
        }
        for (let l = 0; l <= k; l++) {
          let sum = column[l]! - share * pull[k * width + p]! * solved[l * width + p]!;
          if (restricted) for (let a = 0; a < p; a++) sum -= row[a]! * solved[l * width + a]!;
          out[k * r + l]! += 2 * sum;
        }
      }
    }
  }

  /** All of the model at a factor; undefined where the fixed effects are not determined. */
  solution(factor: Float64Array): MixedSolution | undefined {
    const { n, p, r, restricted } = this.sizes;
    const deviance = this.deviance(factor);
    if (!(deviance < Infinity)) return undefined;
    const inverse = new Float64Array(p * p);
    const column = new Float64Array(p);
    for (let a = 0; a < p; a++) {
      column.fill(0);
      column[a] = 1;
      choleskySolve(this.#information, p, column);
      for (let b = 0; b < p; b++) inverse[b * p + a] = column[b]!;
    }
    const random = this.#groups.map((_, g) => {
      const half = this.#halves[g]!;
      const left = Float64Array.from({ length: r }, (_unused, k) => {
        let sum = half[k * (p + 1) + p]!;
        for (let a = 0; a < p; a++) sum -= half[k * (p + 1) + a]! * this.#fixed[a]!;
        return sum;
      });
      backward(this.#roots[g]!, left, r, 1);
      const own = new Float64Array(r);
      product(factor, left, r, r, 1, own);
      return own;
    });
    const sigma = Math.sqrt(this.#squares / (restricted ? n - p : n));
    const left = this.#squares / this.#yy;
    return { deviance, sigma, left, fixed: this.#fixed.slice(), random, inverse };
  }
}

/** `out = a b`. */
function product(
  a: Float64Array,
  b: Float64Array,
  rows: number,
  inner: number,
  columns: number,
  out: Float64Array,
): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let k = 0; k < inner; k++) sum += a[i * inner + k]! * b[k * columns + j]!;
      out[i * columns + j] = sum;
    }
  }
}

/** `out = L' b` for a lower triangle L. */
function transposedProduct(
  factor: Float64Array,
  b: Float64Array,
  r: number,
  columns: number,
  out: Float64Array,
): void {
  for (let i = 0; i < r; i++) {
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let k = i; k < r; k++) sum += factor[k * r + i]! * b[k * columns + j]!;
      out[i * columns + j] = sum;
    }
  }
}

/** `R^-1 b` in place, for a lower triangle R. */
function forward(root: Float64Array, b: Float64Array, r: number, columns: number): void {
  for (let i = 0; i < r; i++) {
    for (let j = 0; j < columns; j++) {
      let sum = b[i * columns + j]!;
      for (let k = 0; k < i; k++) sum -= root[i * r + k]! * b[k * columns + j]!;
      b[i * columns + j] = sum / root[i * r + i]!;
    }
  }
}

/** `R'^-1 b` in place. */
function backward(root: Float64Array, b: Float64Array, r: number, columns: number): void {
  for (let i = r - 1; i >= 0; i--) {
    for (let j = 0; j < columns; j++) {
      let sum = b[i * columns + j]!;
      for (let k = i + 1; k < r; k++) sum -= root[k * r + i]! * b[k * columns + j]!;
      b[i * columns + j] = sum / root[i * r + i]!;
    }
  }
}
