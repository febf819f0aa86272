import { choleskyFactor, choleskyHalfSolve, choleskySolve } from "../../numerics/linear/cholesky.ts";
import { dot } from "../../numerics/linear/dot.ts";
import type { Points } from "../grammar/evaluateTerm.ts";
import { limitsOf } from "../grammar/limits.ts";
import type { DiscoverData } from "./DiscoverData.ts";
import type { CandidateFit } from "./fitCandidate.ts";
import { basisAt } from "./predict.ts";

/**
 * The variance of a law's value at points, in units of the variance of a residual of weight 1: what the amplitudes of the
 * point's group leave open, and what the shared nonlinear parameters do. Parameters at their limits count as known.
 */
export function predictionVariance(
  fit: CandidateFit,
  data: DiscoverData,
  points: Points,
  groupOf: (point: number) => number,
  decreasing: ReadonlySet<number>,
): Float64Array {
  const open = openAt(fit, data, points, groupOf, decreasing);
  return Float64Array.from(open, (own) => (own ? dot(own, own) : Number.NaN));
}

/**
 * What is open of a law's value at points, as vectors: the inner product of two is the covariance of the values there, where
 * both are of one group. Undefined at a point of a group without a fit.
 *
 * Source: the delta method on the projected normal equations (Golub and Pereyra 1973).
 */
export function openAt(
  fit: CandidateFit,
  data: DiscoverData,
  points: Points,
  groupOf: (point: number) => number,
  decreasing: ReadonlySet<number>,
): (Float64Array | undefined)[] {
  const limits = limitsOf(fit.candidate, data.points, decreasing);
  const free = limits.flatMap(({ low, high }, j) => (fit.theta[j]! > low && fit.theta[j]! < high ? [j] : []));
  const q = free.length;
  const shared = new Float64Array(q * q);
  const sizes = new Float64Array(q);
  const groups = new Map<number, { factor: Float64Array; cross: Float64Array; p: number }>();
  const rows = designOf(fit, data.points);
  for (let g = 0; g < data.groups.length; g++) {
    const own = fit.amplitudes.get(data.groups[g]!)!;
    const p = own.length - (fit.candidate.floor ? 0 : 1);
    const gram = new Float64Array(p * p);
    const cross = new Float64Array(p * q);
    for (let i = data.starts[g]!; i < data.starts[g + 1]!; i++) {
      const { basis, slopes } = rows(i, own, free);
      const weight = data.weights[i]!;
      for (let a = 0; a < p; a++) {
        for (let b = 0; b < p; b++) gram[a * p + b]! += weight * basis[a]! * basis[b]!;
        for (let j = 0; j < q; j++) cross[a * q + j]! += weight * basis[a]! * slopes[j]!;
      }
      for (let a = 0; a < q; a++) {
        for (let b = 0; b < q; b++) shared[a * q + b]! += weight * slopes[a]! * slopes[b]!;
        sizes[a]! += weight * slopes[a]! ** 2;
      }
    }
    const factor = sureFactor(gram, p);
    const solved = columnsSolved(factor, cross, p, q);
    for (let a = 0; a < q; a++) {
      for (let b = 0; b < q; b++) {
        for (let k = 0; k < p; k++) shared[a * q + b]! -= cross[k * q + a]! * solved[k * q + b]!;
      }
    }
    groups.set(data.groups[g]!, { factor, cross, p });
  }
  const sharedFactor = sureFactor(shared, q, sizes);
  const design = designOf(fit, points);
  return Array.from({ length: points.n }, (_, i) => {
    const group = groups.get(groupOf(i));
    if (group === undefined) return undefined;
    const { basis, slopes } = design(i, fit.amplitudes.get(groupOf(i))!, free);
    const own = basis.slice(0, group.p);
    const solved = own.slice();
    choleskySolve(group.factor, group.p, solved);
    for (let j = 0; j < q; j++)
      for (let k = 0; k < group.p; k++) slopes[j]! -= group.cross[k * q + j]! * solved[k]!;
    choleskyHalfSolve(group.factor, group.p, own);
    choleskyHalfSolve(sharedFactor, q, slopes);
    return Float64Array.from([...own, ...slopes]);
  });
}

/** The derivatives of a law at point i: after the amplitudes (terms, floor), and after the nonlinear parameters in `free`. */
function designOf(fit: CandidateFit, points: Points) {
  const terms = basisAt(fit, points);
  return (i: number, amplitudes: Float64Array, free: readonly number[]) => {
    const all = terms.flatMap(({ derivatives }, k) => derivatives.map((one) => amplitudes[k]! * one[i]!));
    return {
      basis: Float64Array.from([...terms.map(({ column }) => column[i]!), 1]),
      slopes: Float64Array.from(free, (j) => all[j]!),
    };
  };
}

/**
 * Cholesky's factor; where the rows say nothing of a direction, as much is added as makes it very wide.
 *
 * @param sizes what the diagonal was before other directions were taken out: what is left of it may be rounding
 */
function sureFactor(
  matrix: Float64Array,
  size: number,
  sizes: Float64Array = Float64Array.from({ length: size }, (_, a) => matrix[a * size + a]!),
): Float64Array {
  for (let ridge = 1e-13; ; ridge *= 100) {
    const own = matrix.slice();
    for (let a = 0; a < size; a++) own[a * size + a]! += ridge * sizes[a]! + 1e-300;
    if (choleskyFactor(own, size)) return own;
    if (ridge > 1) return own.fill(0).map((_, k) => (k % (size + 1) === 0 ? 1 : 0));
  }
}

function columnsSolved(factor: Float64Array, right: Float64Array, p: number, q: number): Float64Array {
  const solved = new Float64Array(p * q);
  const column = new Float64Array(p);
  for (let j = 0; j < q; j++) {
    for (let k = 0; k < p; k++) column[k] = right[k * q + j]!;
    choleskySolve(factor, p, column);
    for (let k = 0; k < p; k++) solved[k * q + j] = column[k]!;
  }
  return solved;
}
