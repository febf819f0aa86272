import { choleskyFactor } from "../../numerics/linear/cholesky.ts";
import type { DiscoverData } from "../fit/DiscoverData.ts";
import type { CandidateFit } from "../fit/fitCandidate.ts";
import { basisAt } from "../fit/predict.ts";
import { linearCount } from "../grammar/Candidate.ts";
import type { Points } from "../grammar/evaluateTerm.ts";
import { limitsOf } from "../grammar/limits.ts";
import { halfSolved, innerProducts } from "./halfSolved.ts";

/**
 * The covariance of a law's values at points of one group, in units of the variance of a residual of weight 1; point i and
 * j stand at i n + j. Its diagonal is `predictionVariance`. Parameters at their limits count as known.
 *
 * Source: the delta method, G (J' W J)⁻¹ G' with the derivatives J at the rows and G at the points.
 *
 * @param data the rows that the law was fitted to
 */
export function covarianceAt(
  fit: CandidateFit,
  data: DiscoverData,
  points: Points,
  group: number,
  decreasing: ReadonlySet<number>,
): Float64Array {
  const limits = limitsOf(fit.candidate, data.points, decreasing);
  const free = limits.flatMap(({ low, high }, j) => (fit.theta[j]! > low && fit.theta[j]! < high ? [j] : []));
  const linear = linearCount(fit.candidate);
  const p = linear * data.groups.length + free.length;
  const rows = derivativesOf(fit, data.points, free);
  const gram = new Float64Array(p * p);
  for (let g = 0; g < data.groups.length; g++) {
    for (let i = data.starts[g]!; i < data.starts[g + 1]!; i++) {
      const own = rows(i, data.groups[g]!);
      const at = placesOf(g, linear, data.groups.length, free.length);
      for (let a = 0; a < own.length; a++) {
        for (let b = 0; b < own.length; b++)
          gram[at[a]! * p + at[b]!]! += data.weights[i]! * own[a]! * own[b]!;
      }
    }
  }
  const scales = Float64Array.from({ length: p }, (_, a) => Math.sqrt(gram[a * p + a]!) || 1);
  const factor = scaledFactor(gram, scales);
  const at = placesOf(data.groups.indexOf(group), linear, data.groups.length, free.length);
  const derivatives = derivativesOf(fit, points, free);
  const solved = Array.from({ length: points.n }, (_, i) => {
    const own = new Float64Array(p);
    derivatives(i, group).forEach((value, a) => {
      own[at[a]!] = value / scales[at[a]!]!;
    });
    return halfSolved(factor, own);
  });
  return innerProducts(solved);
}

/** Where the derivatives of a row of block g stand among those of all groups: its amplitudes, then the shared parameters. */
const placesOf = (g: number, linear: number, groups: number, free: number): number[] => [
  ...Array.from({ length: linear }, (_, k) => g * linear + k),
  ...Array.from({ length: free }, (_, j) => groups * linear + j),
];

/** The derivatives of a law at point i after the amplitudes (terms, floor) and after the nonlinear parameters in `free`. */
function derivativesOf(fit: CandidateFit, points: Points, free: readonly number[]) {
  const terms = basisAt(fit, points);
  return (i: number, group: number): number[] => {
    const amplitudes = fit.amplitudes.get(group)!;
    const slopes = terms.flatMap(({ derivatives }, k) => derivatives.map((one) => amplitudes[k]! * one[i]!));
    return [
      ...terms.map(({ column }) => column[i]!),
      ...(fit.candidate.floor ? [1] : []),
      ...free.map((j) => slopes[j]!),
    ];
  };
}

/** Cholesky's factor of a matrix whose columns are brought to one size; where the rows say nothing of a direction, as much is added as makes it very wide. */
function scaledFactor(gram: Float64Array, scales: Float64Array): Float64Array {
  const p = scales.length;
  for (let ridge = 1e-13; ; ridge *= 100) {
    const own = gram.map((value, k) => value / scales[Math.floor(k / p)]! / scales[k % p]!);
    for (let a = 0; a < p; a++) own[a * p + a]! += ridge;
    if (choleskyFactor(own, p)) return own;
  }
}
