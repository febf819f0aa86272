import { upperFactor, upperInverse, upperSolve } from "../../../numerics/linear/upperFactor.ts";
import type { PartsRow } from "./PartsRow.ts";

/**
 * Unknowns that were eliminated, a row each, in the order in which they were: given the unknowns of `columns`, which were
 * not or later, unknown f is `own - Σ values (θ - mean of θ)` with variance 1/precision.
 */
export interface Absorbed {
  readonly start: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
  readonly precision: Float64Array;
}

/**
 * Henderson's mixed model equations `(A'PA + D⁻¹) θ = b`: A the slopes of the rows, P their precisions, D the prior
 * variances. Unknowns from `dense` on are eliminated first, as they meet few others (a sparse Cholesky factor).
 *
 * Source: Henderson 1975, Biometrics 31, 423.
 */
export class NormalEquations {
  readonly absorbed: Absorbed;
  /** Logarithm of the determinant. */
  readonly logDeterminant: number;
  private readonly factor: Float64Array;
  private readonly dense: number;
  private inverse: Float64Array | undefined;

  /**
   * @param precision of each row; 0 leaves it out
   * @param prior precisions of the unknowns
   * @throws RangeError where the equations have no solution
   */
  constructor(rows: readonly PartsRow[], precision: Float64Array, prior: Float64Array, dense: number) {
    this.dense = dense;
    const q = dense;
    const nAbsorbed = prior.length - q;
    const a = new Float64Array(q * q);
    for (let c = 0; c < q; c++) a[c * q + c] = prior[c]!;
    const own = prior.slice(q);
    const rowsOf: number[][] = Array.from({ length: nAbsorbed }, () => []);
    for (let i = 0; i < rows.length; i++) {
      const p = precision[i]!;
      if (p === 0) continue;
      const { columns, slopes } = rows[i]!;
      for (let s = 0; s < columns.length; s++) {
        const c = columns[s]!;
        if (c < 0) continue;
        const value = p * slopes[s]!;
        if (c >= q) {
          own[c - q]! += value * slopes[s]!;
          rowsOf[c - q]!.push(i);
          continue;
        }
        for (let t = 0; t < columns.length; t++) {
          const d = columns[t]!;
          if (d >= c && d < q) a[c * q + d]! += value * slopes[t]!;
        }
      }
    }
    this.absorbed = eliminate(a, q, own, rowsOf, rows, precision);
    let log = 0;
    for (const value of own) log += Math.log(value);
    if (!upperFactor(a, q)) {
      throw new RangeError("the normal equations are singular; give parts a smaller prior deviation");
    }
    for (let c = 0; c < q; c++) log += 2 * Math.log(a[c * q + c]!);
    this.logDeterminant = log;
    this.factor = a;
  }

  /** θ for a right side. */
  solve(b: Float64Array): Float64Array {
    const { dense, factor } = this;
    const { start, columns, values, precision } = this.absorbed;
    const x = b.slice();
    for (let f = 0; f < precision.length; f++) {
      const own = x[dense + f]!;
      if (own !== 0) for (let s = start[f]!; s < start[f + 1]!; s++) x[columns[s]!]! -= values[s]! * own;
    }
    upperSolve(factor, dense, x.subarray(0, dense));
    for (let f = precision.length - 1; f >= 0; f--) {
      let value = x[dense + f]! / precision[f]!;
      for (let s = start[f]!; s < start[f + 1]!; s++) value -= values[s]! * x[columns[s]!]!;
      x[dense + f] = value;
    }
    return x;
  }

  /** Covariance of the unknowns that were not eliminated. */
  covariance(): Float64Array {
    this.inverse ??= upperInverse(this.factor, this.dense);
    return this.inverse;
  }
}

/** Takes unknowns out of `a` one by one, and says how they follow from the others. */
function eliminate(
  a: Float64Array,
  q: number,
  own: Float64Array,
  rowsOf: readonly (readonly number[])[],
  rows: readonly PartsRow[],
  precision: Float64Array,
): Absorbed {
  const start = new Int32Array(own.length + 1);
  const columns: number[] = [];
  const values: number[] = [];
  const met = new Float64Array(q + own.length);
  const isMet = new Uint8Array(q + own.length);
  let here: number[] = [];
  const meet = (c: number, value: number) => {
    if (!isMet[c]) {
      isMet[c] = 1;
      here.push(c);
    }
    met[c]! += value;
  };
  // Of each unknown those eliminated before it that follow from it: where it stands among their columns.
  const before: { readonly f: number; readonly at: number }[][] = Array.from(own, () => []);
  for (let f = 0; f < own.length; f++) {
    here = [];
    for (const i of rowsOf[f]!) {
      const row = rows[i]!;
      const z = row.slopes[row.columns.indexOf(q + f)]! * precision[i]!;
      for (let s = 0; s < row.columns.length; s++) {
        const c = row.columns[s]!;
        if ((c >= 0 && c < q) || c > q + f) meet(c, z * row.slopes[s]!);
      }
    }
    for (const { f: g, at } of before[f]!) {
      const by = values[at]! * own[g]!;
      own[f]! -= by * values[at]!;
      for (let s = start[g]!; s < start[g + 1]!; s++) {
        const c = columns[s]!;
        if (c < q || c > q + f) meet(c, -by * values[s]!);
      }
    }
    const d = own[f]!;
    for (let s = 0; s < here.length; s++) {
      const c = here[s]!;
      const value = met[c]! / d;
      if (c < q) {
        for (let t = 0; t < here.length; t++) {
          const e = here[t]!;
          if (e >= c && e < q) a[c * q + e]! -= value * met[e]!;
        }
      } else {
        before[c - q]!.push({ f, at: columns.length });
      }
      columns.push(c);
      values.push(value);
    }
    for (const c of here) {
      met[c] = 0;
      isMet[c] = 0;
    }
    start[f + 1] = columns.length;
  }
  return { start, columns: Int32Array.from(columns), values: Float64Array.from(values), precision: own };
}
