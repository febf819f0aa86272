import { choleskyFactor, choleskySolve } from "../../../numerics/linear/cholesky.ts";
import { priorConstants, stepPartNames } from "../priorConstants.ts";
import type { RunLabels } from "./RunLabels.ts";
import { spreadParts, spreads } from "./spreads.ts";

const nParts = stepPartNames.length;

/** Variances of the logarithms of the constants before runs are seen. */
export const priorVariances: readonly number[] = stepPartNames.map(
  (part) => priorConstants[part].deviation ** 2,
);
/** Medians of the constants before runs are seen, as logarithms. */
export const priorLogs: readonly number[] = stepPartNames.map((part) =>
  Math.log(priorConstants[part].median),
);

/**
 * Covariance of the log times of runs: of the constants, weighted by the shares of the parts, and of what runs with the
 * same key share. S = H diag(prior) Hᵀ + Σ_j s_j² [same key] w wᵀ.
 */
export class RunCovariance {
  readonly n: number;
  /** Members of every key that runs have, a spread a list. */
  private readonly members: readonly (readonly Int32Array[])[];
  private readonly parts = spreads.map(spreadParts);
  private readonly weights: readonly Float64Array[];
  private readonly scaled: Float64Array;
  readonly inverse: Float64Array;
  private readonly matrix: Float64Array;
  logDeterminant = 0;

  constructor(labels: readonly RunLabels[]) {
    this.n = labels.length;
    this.matrix = new Float64Array(this.n * this.n);
    this.inverse = new Float64Array(this.n * this.n);
    this.scaled = new Float64Array(this.n * nParts);
    this.weights = spreads.map(() => new Float64Array(this.n).fill(1));
    this.members = spreads.map((spread) => {
      const byKey = new Map<string, number[]>();
      labels.forEach((one, i) => {
        const key = spread.key(one, i);
        if (key === "") return;
        const list = byKey.get(key);
        if (list) list.push(i);
        else byKey.set(key, [i]);
      });
      return [...byKey.values()].map((list) => Int32Array.from(list));
    });
  }

  /** Weights of each spread's deviation in the log time of every run. */
  private weigh(shares: Float64Array): void {
    this.parts.forEach((parts, s) => {
      const own = this.weights[s]!;
      if (parts.length === 0) return;
      for (let i = 0; i < this.n; i++) {
        let sum = 0;
        for (const part of parts) sum += shares[i * nParts + part]!;
        own[i] = sum;
      }
    });
  }

  /** Fills and factors the matrix; false where it is not positive definite. */
  prepare(shares: Float64Array, deviations: ArrayLike<number>): boolean {
    const { n, matrix, scaled } = this;
    this.weigh(shares);
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < nParts; k++) scaled[i * nParts + k] = shares[i * nParts + k]! * priorVariances[k]!;
      for (let j = 0; j <= i; j++) {
        let sum = 0;
        for (let k = 0; k < nParts; k++) sum += scaled[i * nParts + k]! * shares[j * nParts + k]!;
        matrix[i * n + j] = sum;
      }
    }
    for (let s = 0; s < spreads.length; s++) {
      const variance = deviations[s]! ** 2;
      const weights = this.weights[s]!;
      for (const list of this.members[s]!) {
        for (let a = 0; a < list.length; a++) {
          const row = list[a]! * n;
          const own = variance * weights[list[a]!]!;
          for (let b = 0; b <= a; b++) matrix[row + list[b]!]! += own * weights[list[b]!]!;
        }
      }
    }
    if (!choleskyFactor(matrix, n)) return false;
    this.logDeterminant = 0;
    for (let i = 0; i < n; i++) this.logDeterminant += 2 * Math.log(matrix[i * n + i]!);
    return true;
  }

  /** Fills `inverse`, after `prepare`. */
  invert(): void {
    invertFactor(this.matrix, this.inverse, this.n);
  }

  /** The inverse of the matrix times a vector. */
  solve(vector: ArrayLike<number>): Float64Array {
    const out = Float64Array.from(vector);
    choleskySolve(this.matrix, this.n, out);
    return out;
  }

  /** After `invert`: derivatives of ½ rᵀS⁻¹r + ½ ln det S by the logarithms of the deviations. */
  slopes(deviations: ArrayLike<number>, solved: Float64Array, slopes: Float64Array): void {
    const { n, inverse } = this;
    for (let s = 0; s < spreads.length; s++) {
      const weights = this.weights[s]!;
      let sum = 0;
      for (const list of this.members[s]!) {
        for (let a = 0; a < list.length; a++) {
          const i = list[a]!;
          let row = (inverse[i * n + i]! - solved[i]! ** 2) * weights[i]!;
          for (let b = 0; b < a; b++) {
            const j = list[b]!;
            row += 2 * (inverse[i * n + j]! - solved[i]! * solved[j]!) * weights[j]!;
          }
          sum += row * weights[i]!;
        }
      }
      slopes[s] = sum * deviations[s]! ** 2;
    }
  }
}

/** Inverse of L Lᵀ, all of it, given the lower factor L. */
function invertFactor(factor: Float64Array, inverse: Float64Array, n: number): void {
  // Rows of L⁻¹, one after the other, in a matrix of their own.
  const lower = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const row = lower.subarray(i * n, i * n + i + 1);
    for (let k = 0; k < i; k++) {
      const f = factor[i * n + k]!;
      for (let j = 0; j <= k; j++) row[j]! -= f * lower[k * n + j]!;
    }
    const pivot = 1 / factor[i * n + i]!;
    for (let j = 0; j < i; j++) row[j]! *= pivot;
    row[i] = pivot;
  }
  inverse.fill(0);
  for (let k = 0; k < n; k++) {
    for (let i = 0; i <= k; i++) {
      const f = lower[k * n + i]!;
      for (let j = 0; j <= i; j++) inverse[i * n + j]! += f * lower[k * n + j]!;
    }
  }
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) inverse[j * n + i] = inverse[i * n + j]!;
}
