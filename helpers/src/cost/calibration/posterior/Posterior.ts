import type { Absorbed } from "./NormalEquations.ts";

/** A row by the unknowns that were not eliminated, and what is left of those that were. */
export interface ReducedRow {
  readonly columns: Int32Array;
  readonly values: Float64Array;
  /** Eliminated unknowns of the row, in their order, and what it says about them beyond the others. */
  readonly absorbed: Int32Array;
  readonly slopes: Float64Array;
}

/** Mean and covariance of the unknowns. */
export class Posterior {
  readonly mean: Float64Array;
  /** Covariance of the first unknowns (dense x dense, row-major); the others follow by `absorbed`. */
  readonly covariance: Float64Array;
  readonly absorbed: Absorbed;
  readonly dense: number;
  private readonly scratch: Float64Array;
  private readonly isTouched: Uint8Array;

  constructor(mean: Float64Array, covariance: Float64Array, absorbed: Absorbed) {
    this.mean = mean;
    this.covariance = covariance;
    this.absorbed = absorbed;
    this.dense = mean.length - absorbed.precision.length;
    this.scratch = new Float64Array(mean.length);
    this.isTouched = new Uint8Array(mean.length);
  }

  /** The slopes of a row, its eliminated unknowns replaced by those that they follow from. */
  reduce({ columns, slopes }: { readonly columns: Int32Array; readonly slopes: Float64Array }): ReducedRow {
    const { dense, scratch, isTouched, absorbed } = this;
    const touched: number[] = [];
    const waiting: number[] = [];
    const add = (c: number, value: number) => {
      if (!isTouched[c]) {
        isTouched[c] = 1;
        if (c < dense) touched.push(c);
        else insert(waiting, c);
      }
      scratch[c]! += value;
    };
    for (let s = 0; s < columns.length; s++) if (columns[s]! >= 0) add(columns[s]!, slopes[s]!);
    // What an unknown follows from was eliminated after it, so that it comes later in the list.
    for (let w = 0; w < waiting.length; w++) {
      const f = waiting[w]! - dense;
      const slope = scratch[dense + f]!;
      for (let s = absorbed.start[f]!; s < absorbed.start[f + 1]!; s++) {
        add(absorbed.columns[s]!, -slope * absorbed.values[s]!);
      }
    }
    const take = (c: number) => {
      const value = scratch[c]!;
      scratch[c] = 0;
      isTouched[c] = 0;
      return value;
    };
    return {
      columns: Int32Array.from(touched),
      values: Float64Array.from(touched, take),
      absorbed: Int32Array.from(waiting, (c) => c - dense),
      slopes: Float64Array.from(waiting, take),
    };
  }

  /** Covariance of what a row says with each unknown that was not eliminated. */
  times({ columns, values }: ReducedRow): Float64Array {
    const { dense, covariance } = this;
    const out = new Float64Array(dense);
    for (let s = 0; s < columns.length; s++) {
      const row = columns[s]! * dense;
      const value = values[s]!;
      for (let c = 0; c < dense; c++) out[c]! += value * covariance[row + c]!;
    }
    return out;
  }

  /** Moves the means of eliminated unknowns along with those that they follow from, which were at `before`. */
  follow(before: Float64Array): void {
    const { dense, mean, absorbed } = this;
    const { start, columns, values, precision } = absorbed;
    for (let f = precision.length - 1; f >= 0; f--) {
      let value = before[dense + f]!;
      for (let s = start[f]!; s < start[f + 1]!; s++) {
        value -= values[s]! * (mean[columns[s]!]! - before[columns[s]!]!);
      }
      mean[dense + f] = value;
    }
  }

  /** Covariance of what two rows say, by unknowns that some calibrated row has. */
  between(a: ReducedRow, b: ReducedRow): number {
    const { covariance, dense } = this;
    let total = 0;
    for (let s = 0; s < a.columns.length; s++) {
      const row = a.columns[s]! * dense;
      let sum = 0;
      for (let t = 0; t < b.columns.length; t++) sum += b.values[t]! * covariance[row + b.columns[t]!]!;
      total += a.values[s]! * sum;
    }
    for (let s = 0, t = 0; s < a.absorbed.length && t < b.absorbed.length; ) {
      const away = a.absorbed[s]! - b.absorbed[t]!;
      if (away === 0) total += (a.slopes[s]! * b.slopes[t]!) / this.absorbed.precision[a.absorbed[s]!]!;
      if (away <= 0) s++;
      if (away >= 0) t++;
    }
    return total;
  }

  /** Variance of each unknown. */
  variances(): Float64Array {
    const slopes = Float64Array.of(1);
    return this.mean.map((_, c) => {
      if (c < this.dense) return this.covariance[c * this.dense + c]!;
      const own = this.reduce({ columns: Int32Array.of(c), slopes });
      return this.between(own, own);
    });
  }
}

/** Puts a number into a rising list. */
function insert(list: number[], value: number): void {
  let at = list.length;
  while (at > 0 && list[at - 1]! > value) at--;
  list.splice(at, 0, value);
}
