import { BoundedLeastSquares } from "../../numerics/linear/boundedLeastSquares.ts";
import { choleskyFactor, choleskySolve } from "../../numerics/linear/cholesky.ts";
import { dot } from "../../numerics/linear/dot.ts";
import { type Candidate, innerCount } from "../grammar/Candidate.ts";
import { evaluateTerm, TermScratch } from "../grammar/evaluateTerm.ts";
import type { DiscoverData } from "./DiscoverData.ts";

/**
 * What the amplitudes leave of a derivative, as a share of its length, that is rounding: a search would follow it to a limit
 * that hangs on the order of the rows and their units.
 */
const nothingLeft = 1e-6;

/**
 * A law with its amplitudes projected out: for given nonlinear parameters the floor and the amplitudes of each group are
 * those of weighted least squares, so that only the nonlinear ones are searched.
 *
 * Source: Golub and Pereyra 1973; the Jacobian is Kaufman's (1975).
 */
export class Projection {
  readonly q: number;
  readonly #candidate: Candidate;
  readonly #data: DiscoverData;
  /** The sign that each amplitude must have; 0 where both will do. */
  readonly #signs: readonly (1 | 0 | -1)[];
  readonly #isSigned: Uint8Array;
  readonly #columns: Float64Array[];
  readonly #derivatives: Float64Array[][];
  readonly #scratch: TermScratch;
  readonly #solver: BoundedLeastSquares;
  readonly #gram: Float64Array;
  readonly #right: Float64Array;
  readonly #means: Float64Array;
  readonly #roots: Float64Array;
  /** The terms that have no parameters: their columns, and inner products among them, stay as they are. */
  readonly #still: readonly boolean[];
  #isFirst = true;
  readonly #stillGrams: readonly Float64Array[];
  /** Amplitudes of each group, m + 1 a group: the terms', then the floor. */
  readonly amplitudes: Float64Array;
  /** √weight · (y − law). */
  readonly residuals: Float64Array;
  /** Kaufman's Jacobian of the residuals, a column a parameter. */
  readonly jacobian: Float64Array[];

  constructor(candidate: Candidate, data: DiscoverData, signs: readonly (1 | 0 | -1)[]) {
    const { n } = data.points;
    const m = candidate.terms.length;
    this.#candidate = candidate;
    this.#data = data;
    this.#signs = signs;
    this.#isSigned = Uint8Array.from(signs, Math.abs);
    const column = () => new Float64Array(n);
    this.#columns = candidate.terms.map(column);
    this.#derivatives = candidate.terms.map((term) => Array.from({ length: innerCount(term) }, column));
    const features = candidate.terms.map((term) => (term.kind === "power" ? term.features.length : 0));
    this.#scratch = new TermScratch(n, Math.max(0, ...features));
    this.#solver = new BoundedLeastSquares(m);
    this.#gram = new Float64Array(m * m);
    this.#right = new Float64Array(m);
    this.#means = new Float64Array(m + 1);
    this.#roots = Float64Array.from(data.weights, Math.sqrt);
    this.#still = candidate.terms.map((term) => innerCount(term) === 0);
    this.#stillGrams = data.groups.map(() => new Float64Array(m * m));
    this.q = this.#derivatives.reduce((sum, own) => sum + own.length, 0);
    this.amplitudes = new Float64Array(data.groups.length * (m + 1));
    this.residuals = column();
    this.jacobian = Array.from({ length: this.q }, column);
  }

  /** The weighted sum of squares at `theta`; Infinity where it has none. Leaves amplitudes and residuals. */
  value(theta: Float64Array): number {
    const { terms } = this.#candidate;
    for (let k = 0, at = 0; k < terms.length; k++) {
      if (this.#still[k] && !this.#isFirst) continue;
      const own = this.#derivatives[k]!;
      evaluateTerm(terms[k]!, theta, at, this.#data.points, this.#columns[k]!, own, this.#scratch);
      at += own.length;
    }
    let total = 0;
    for (let g = 0; g < this.#data.groups.length; g++) total += this.#solveGroup(g);
    this.#isFirst = false;
    return Number.isFinite(total) ? total : Infinity;
  }

  #solveGroup(g: number): number {
    const { y, weights, starts } = this.#data;
    const m = this.#columns.length;
    const from = starts[g]!;
    const to = starts[g + 1]!;
    const means = this.#means.fill(0);
    if (this.#candidate.floor) {
      means[m] = weightedMean(y, weights, from, to);
      for (let k = 0; k < m; k++) means[k] = weightedMean(this.#columns[k]!, weights, from, to);
    }
    const gram = this.#gram;
    const still = this.#stillGrams[g]!;
    for (let a = 0; a < m; a++) {
      const own = this.#columns[a]!;
      const ownMean = means[a]!;
      this.#right[a] = product(own, ownMean, y, means[m]!, weights, from, to);
      for (let b = 0; b <= a; b++) {
        const isStill = this.#still[a] && this.#still[b];
        gram[a * m + b] =
          isStill && !this.#isFirst
            ? still[a * m + b]!
            : product(own, ownMean, this.#columns[b]!, means[b]!, weights, from, to);
        if (isStill) still[a * m + b] = gram[a * m + b]!;
      }
    }
    for (let a = 0; a < m; a++) for (let b = 0; b < a; b++) this.#gram[b * m + a] = this.#gram[a * m + b]!;
    const own = this.amplitudes.subarray(g * (m + 1), (g + 1) * (m + 1));
    this.#solveScaled(own.subarray(0, m));
    let floor = means[m]!;
    for (let k = 0; k < m; k++) floor -= own[k]! * means[k]!;
    own[m] = this.#candidate.floor ? floor : 0;
    const residuals = this.residuals;
    const roots = this.#roots;
    for (let i = from; i < to; i++) residuals[i] = y[i]! - own[m]!;
    for (let k = 0; k < m; k++) {
      const column = this.#columns[k]!;
      const amplitude = own[k]!;
      for (let i = from; i < to; i++) residuals[i]! -= amplitude * column[i]!;
    }
    let total = 0;
    for (let i = from; i < to; i++) {
      const rest = roots[i]! * residuals[i]!;
      residuals[i] = rest;
      total += rest * rest;
    }
    return total;
  }

  /** Columns are brought to one size before: amplitudes may differ by many orders. */
  #solveScaled(into: Float64Array): void {
    const m = into.length;
    const sizes = new Float64Array(m);
    // A column whose amplitude may not be positive is turned, so that it may not be negative.
    for (let a = 0; a < m; a++)
      sizes[a] = (Math.sqrt(this.#gram[a * m + a]!) || 1) * (this.#signs[a]! < 0 ? -1 : 1);
    for (let a = 0; a < m; a++) {
      this.#right[a]! /= sizes[a]!;
      for (let b = 0; b < m; b++) this.#gram[a * m + b]! /= sizes[a]! * sizes[b]!;
      // Columns that are the same to the last digits share their amplitude.
      this.#gram[a * m + a]! += 1e-12;
    }
    this.#solver.solve(this.#gram, this.#right, this.#isSigned, into);
    for (let a = 0; a < m; a++) into[a]! /= sizes[a]!;
  }

  /** Writes Kaufman's Jacobian at the point of the last `value`. */
  linearise(): void {
    const { groups, starts } = this.#data;
    const m = this.#columns.length;
    for (let g = 0; g < groups.length; g++) {
      const own = this.amplitudes.subarray(g * (m + 1), (g + 1) * (m + 1));
      const used: Float64Array[] = [];
      for (let k = 0; k < m; k++) if (own[k] !== 0) used.push(this.#columns[k]!);
      const basis = this.#basis(used, starts[g]!, starts[g + 1]!);
      for (let k = 0, at = 0; k < m; k++) {
        for (const derivative of this.#derivatives[k]!) {
          this.#project(derivative, -own[k]!, basis, starts[g]!, starts[g + 1]!, this.jacobian[at]!);
          at++;
        }
      }
    }
  }

  /** The weighted columns of a group, the floor's among them, and the factor of their inner products. */
  #basis(used: readonly Float64Array[], from: number, to: number): Basis {
    const columns = used.map((column) => {
      const own = new Float64Array(to - from);
      for (let i = from; i < to; i++) own[i - from] = this.#roots[i]! * column[i]!;
      return own;
    });
    if (this.#candidate.floor) columns.push(this.#roots.slice(from, to));
    const size = columns.length;
    for (const column of columns) {
      const length = Math.sqrt(dot(column, column)) || 1;
      for (let i = 0; i < column.length; i++) column[i]! /= length;
    }
    const factor = new Float64Array(size * size);
    for (let a = 0; a < size; a++) {
      for (let b = 0; b <= a; b++) factor[a * size + b] = dot(columns[a]!, columns[b]!);
      factor[a * size + a]! += 1e-13;
    }
    return { columns, factor, isSound: choleskyFactor(factor, size) };
  }

  #project(
    derivative: Float64Array,
    amplitude: number,
    { columns, factor, isSound }: Basis,
    from: number,
    to: number,
    into: Float64Array,
  ): void {
    for (let i = from; i < to; i++) into[i] = this.#roots[i]! * derivative[i]! * amplitude;
    if (!isSound || amplitude === 0) return;
    const own = into.subarray(from, to);
    const before = dot(own, own);
    const c = Float64Array.from(columns, (column) => dot(column, own));
    choleskySolve(factor, columns.length, c);
    for (let k = 0; k < columns.length; k++) {
      const column = columns[k]!;
      for (let i = 0; i < own.length; i++) own[i]! -= c[k]! * column[i]!;
    }
    if (dot(own, own) <= nothingLeft ** 2 * before) own.fill(0);
  }
}

function weightedMean(values: Float64Array, weights: Float64Array, from: number, to: number): number {
  let weight = 0;
  let sum = 0;
  for (let i = from; i < to; i++) {
    weight += weights[i]!;
    sum += weights[i]! * values[i]!;
  }
  return weight > 0 ? sum / weight : 0;
}

/** The weighted inner product of two columns, each about its mean. */
function product(
  a: Float64Array,
  meanA: number,
  b: Float64Array,
  meanB: number,
  weights: Float64Array,
  from: number,
  to: number,
): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += weights[i]! * (a[i]! - meanA) * (b[i]! - meanB);
  return sum;
}

interface Basis {
  readonly columns: readonly Float64Array[];
  readonly factor: Float64Array;
  readonly isSound: boolean;
}
