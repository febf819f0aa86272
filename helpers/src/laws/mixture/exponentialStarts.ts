import { choleskyFactor, choleskySolve } from "../../numerics/linear/cholesky.ts";
import type { Columns } from "../definition/Law.ts";

/** Floors that are tried, as the distance below the least loss in units of the losses' range. */
const depths = [0.003, 0.03, 0.2, 1, 5];

/**
 * Starts of `exponentialMixture`: with its floor known, the logarithm of what is above it is a line in the shares, so each
 * of a few floors gives one start by least squares, weighted as the losses themselves are.
 */
export function exponentialStarts(x: Columns, y: Float64Array): Float64Array[] {
  const m = x.length;
  const n = y.length;
  let [least, most] = [Infinity, -Infinity];
  for (const loss of y) {
    least = Math.min(least, loss);
    most = Math.max(most, loss);
  }
  const range = most - least || Math.abs(most) * 1e-3 || 1e-3;
  const floors = [...depths.map((depth) => least - depth * range).filter((floor) => floor > 0), 0];
  return floors.flatMap((floor) => {
    const products = new Float64Array(m * m);
    const goal = new Float64Array(m);
    const row = new Float64Array(m);
    for (let i = 0; i < n; i++) {
      const above = y[i]! - floor;
      if (!(above > 0)) continue;
      row[0] = 1;
      for (let j = 1; j < m; j++) row[j] = x[j - 1]![i]! - x[m - 1]![i]!;
      for (let j = 0; j < m; j++) {
        goal[j]! += above * above * row[j]! * Math.log(above);
        for (let l = 0; l <= j; l++) products[j * m + l]! += above * above * row[j]! * row[l]!;
      }
    }
    // A source that no run varies leaves its coefficient at 0 instead of stopping the search.
    for (let j = 0; j < m; j++) products[j * m + j]! *= 1 + 1e-9;
    const size = products[0]!;
    for (let j = 1; j < m; j++) products[j * m + j]! += 1e-9 * size;
    if (!choleskyFactor(products, m)) return [];
    choleskySolve(products, m, goal);
    return [Float64Array.of(floor, Math.exp(Math.min(goal[0]!, 50)), ...goal.subarray(1))];
  });
}
