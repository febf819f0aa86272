import { choleskyFactor, choleskySolve } from "../../numerics/linear/cholesky.ts";
import type { GroupRows } from "./groupRows.ts";

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
  readonly fixed: Float64Array;
  /** For each group its random effects. */
  readonly random: readonly Float64Array[];
  /** Inverse of the fixed effects' information, without sigma squared. */
  readonly inverse: Float64Array;
}

/**
 * `y_i = X_i beta + Z_i b_i + e_i`, `b_i ~ N(0, sigma^2 L L')`, `e ~ N(0, sigma^2)`, as a function of L alone: beta and
 * sigma are at their best for every L. Of each group only the first rows, turned by the Q of `Z = Q [R; 0]`, know of L: their
 * covariance is `sigma^2 (I + K K')`, `K = R L`.
 *
 * Source: Bates et al. 2015 (Journal of Statistical Software 67(1)), section 3; Pinheiro and Bates 2000, section 2.2.
 */
export class LinearMixed {
  readonly sizes: MixedSizes;
  readonly #groups: readonly GroupRows[];
  /** Of each group the Cholesky factor of `M = I + K K'`, K, and the first rows of [X y] by that factor's inverse. */
  readonly #roots: readonly Float64Array[];
  readonly #moves: readonly Float64Array[];
  readonly #halves: readonly Float64Array[];
  /** `[X y]' [X y]` of the rows that do not know of L. */
  readonly #rest: Float64Array;
  readonly #information: Float64Array;
  readonly #fixed: Float64Array;
  #squares = 0;

  constructor(groups: readonly GroupRows[], sizes: MixedSizes) {
    const { p, r } = sizes;
    this.sizes = sizes;
    this.#groups = groups;
    this.#roots = groups.map(({ k }) => new Float64Array(k * k));
    this.#moves = groups.map(({ k }) => new Float64Array(k * r));
    this.#halves = groups.map(({ k }) => new Float64Array(k * (p + 1)));
    this.#rest = new Float64Array((p + 1) ** 2);
    for (const { rest } of groups) for (let at = 0; at < rest.length; at++) this.#rest[at]! += rest[at]!;
    this.#information = new Float64Array(p * p);
    this.#fixed = new Float64Array(p);
  }

  /** The profiled deviance at L (lower triangle, r x r, row-major); Infinity where the fixed effects are not determined. */
  deviance(factor: Float64Array): number {
    const { n, p, r, restricted } = this.sizes;
    const width = p + 1;
    const sums = this.#rest.slice();
    let logs = 0;
    for (const [g, { k, r: own, xy }] of this.#groups.entries()) {
      const root = this.#roots[g]!;
      const move = this.#moves[g]!;
      const half = this.#halves[g]!;
      product(own, factor, k, r, r, move);
      for (let a = 0; a < k; a++) {
        for (let b = 0; b <= a; b++) {
          let sum = a === b ? 1 : 0;
          for (let c = 0; c < r; c++) sum += move[a * r + c]! * move[b * r + c]!;
          root[a * k + b] = sum;
        }
      }
      if (!choleskyFactor(root, k)) return Infinity;
      for (let a = 0; a < k; a++) logs += 2 * Math.log(root[a * k + a]!);
      half.set(xy);
      forward(root, half, k, width);
      for (let i = 0; i < k; i++) {
        for (let a = 0; a < width; a++) {
          for (let b = 0; b <= a; b++) sums[a * width + b]! += half[i * width + a]! * half[i * width + b]!;
        }
      }
    }
    const information = this.#information;
    for (let a = 0; a < p; a++) {
      for (let b = 0; b <= a; b++) information[a * p + b] = sums[a * width + b]!;
      this.#fixed[a] = sums[p * width + a]!;
    }
    if (!choleskyFactor(information, p)) return Infinity;
    choleskySolve(information, p, this.#fixed);
    let squares = sums[p * width + p]!;
    for (let a = 0; a < p; a++) squares -= this.#fixed[a]! * sums[p * width + a]!;
    this.#squares = Math.max(squares, 1e-300);
    const freedom = restricted ? n - p : n;
    let deviance = freedom * (Math.log((2 * Math.PI * this.#squares) / freedom) + 1) + logs;
    if (restricted) for (let a = 0; a < p; a++) deviance += 2 * Math.log(information[a * p + a]!);
    return deviance;
  }

  /**
   * The deviance's derivatives by the entries of L at the last factor. By `K K'` the parts `ln |M|`, the squares and
   * (restricted) `ln |X' V^-1 X|` have the derivatives `M^-1`, `-u u'` with `u = M^-1 (y - X beta)` over the variance, and
   * `-T (X' V^-1 X)^-1 T'` with `T = M^-1 X`; by K they are twice that times K, by L another `R'` of that.
   */
  slope(out: Float64Array): void {
    const { n, p, r, restricted } = this.sizes;
    const width = p + 1;
    const share = (restricted ? n - p : n) / this.#squares;
    const row = new Float64Array(p);
    out.fill(0);
    for (const [g, { k, r: own }] of this.#groups.entries()) {
      const root = this.#roots[g]!;
      const move = this.#moves[g]!;
      const pull = this.#halves[g]!.slice();
      backward(root, pull, k, width);
      const bent = move.slice();
      forward(root, bent, k, r);
      backward(root, bent, k, r);
      // K' times the pulls of X and of y - X beta.
      const drawn = new Float64Array(r * width);
      for (let a = 0; a < k; a++) {
        for (let b = 0; b < p; b++) pull[a * width + p]! -= pull[a * width + b]! * this.#fixed[b]!;
        for (let c = 0; c < r; c++) {
          for (let b = 0; b < width; b++) drawn[c * width + b]! += move[a * r + c]! * pull[a * width + b]!;
        }
      }
      for (let a = 0; a < k; a++) {
        for (let b = 0; b < p; b++) row[b] = restricted ? pull[a * width + b]! : 0;
        if (restricted) choleskySolve(this.#information, p, row);
        for (let c = 0; c < r; c++) {
          let sum = bent[a * r + c]! - share * pull[a * width + p]! * drawn[c * width + p]!;
          for (let b = 0; b < p; b++) sum -= row[b]! * drawn[c * width + b]!;
          for (let d = c; d < r; d++) out[d * r + c]! += 2 * own[a * r + d]! * sum;
        }
      }
    }
  }

  /** All of the model at a factor; undefined where the fixed effects are not determined. */
  solution(factor: Float64Array): MixedSolution | undefined {
    const { n, p, r, restricted } = this.sizes;
    const width = p + 1;
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
    const random = this.#groups.map(({ k }, g) => {
      const half = this.#halves[g]!;
      const left = Float64Array.from({ length: k }, (_unused, a) => {
        let sum = half[a * width + p]!;
        for (let b = 0; b < p; b++) sum -= half[a * width + b]! * this.#fixed[b]!;
        return sum;
      });
      backward(this.#roots[g]!, left, k, 1);
      // b = L K' M^-1 (y - X beta).
      const drawn = new Float64Array(r);
      for (let a = 0; a < k; a++)
        for (let c = 0; c < r; c++) drawn[c]! += this.#moves[g]![a * r + c]! * left[a]!;
      const own = new Float64Array(r);
      product(factor, drawn, r, r, 1, own);
      return own;
    });
    const sigma = Math.sqrt(this.#squares / (restricted ? n - p : n));
    return { deviance, sigma, fixed: this.#fixed.slice(), random, inverse };
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
