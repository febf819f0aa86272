import { choleskyFactor, choleskyHalfSolve } from "../../numerics/linear/cholesky.ts";
import type { Points } from "../grammar/evaluateTerm.ts";
import { innerProducts } from "./innerProducts.ts";

/** More rows than so many, those nearest the last point, tell nothing more. */
const mostRows = 200;

/**
 * How far a law that is not in the set may be from those that are, in variances of a run's noise; point i and j stand at
 * i n + j. Without it runs would be trusted that say much about a parameter only if the form of the law is right.
 *
 * A process of mean zero whose covariance is e to the minus distance, in ranges of the rows, summed over the variables: as
 * large as a run's noise where no row is near, and tied down by the rows, each with its noise.
 *
 * Source: the discrepancy of a model in Kennedy and O'Hagan 2001; given the rows as in simple kriging, K** − K* (K + I)⁻¹ K*'.
 */
export function discrepancyAt(rows: Points, points: Points): Float64Array {
  const rates = rows.u.map((column) => {
    const range =
      column.reduce((a, b) => Math.max(a, b), -Infinity) - column.reduce((a, b) => Math.min(a, b), Infinity);
    return range > 0 ? 1 / range : 0;
  });
  const between = (a: Points, i: number, b: Points, j: number) =>
    Math.exp(-rates.reduce((sum, rate, v) => sum + rate * Math.abs(a.u[v]![i]! - b.u[v]![j]!), 0));
  const last = points.n - 1;
  const near = Array.from({ length: rows.n }, (_, i) => ({ i, of: between(rows, i, points, last) }))
    .sort((a, b) => b.of - a.of || a.i - b.i)
    .slice(0, mostRows)
    .map(({ i }) => i);
  const m = near.length;
  const factor = new Float64Array(m * m);
  for (let a = 0; a < m; a++) {
    for (let b = 0; b <= a; b++) factor[a * m + b] = between(rows, near[a]!, rows, near[b]!);
    factor[a * m + a]! += 1;
  }
  choleskyFactor(factor, m);
  const told = innerProducts(
    Array.from({ length: points.n }, (_, p) => {
      const own = Float64Array.from(near, (row) => between(rows, row, points, p));
      choleskyHalfSolve(factor, m, own);
      return own;
    }),
  );
  return told.map((value, k) => between(points, Math.floor(k / points.n), points, k % points.n) - value);
}
