import { centredRegression } from "../../numerics/lines/centredRegression.ts";
import { inverseSaturated } from "./saturatedExperts.ts";

const starts = [0.5, 1, 1.5, 2, 3, 4, 6, 10];
const excesses = [3, 10, 30, 60, 100, 160, 250, 400, 1000, 1e4];
const kept = 4;

/**
 * Starts for `routedLaw`: with start and max given, lg L is a plane in lg N, lg Ê and their product, so a grid over the
 * two with a linear solve in each cell covers them all.
 *
 * @returns the best cells as complete parameters in the law's order
 */
export function routedStarts(logN: Float64Array, logE: Float64Array, y: Float64Array): Float64Array[] {
  const lgN = Array.from(logN, (log) => log / Math.LN10);
  const lgL = Array.from(y, Math.log10);
  const counts = Array.from(logE, Math.exp);
  const found: { theta: Float64Array; error: number }[] = [];
  for (const start of starts) {
    for (const excess of excesses) {
      const max = start + excess;
      const lgE = counts.map((count) => -Math.log10(inverseSaturated(count, start, max)));
      const columns = [lgN, lgE, lgN.map((size, i) => size * lgE[i]!)];
      const plane = centredRegression(columns, lgL, 1e-12);
      if (!plane) continue;
      const [a, b, c] = plane.slopes as unknown as [number, number, number];
      const d = plane.yMean - a * plane.means[0]! - b * plane.means[1]! - c * plane.means[2]!;
      found.push({ theta: Float64Array.of(a, b, c, d, start, max), error: plane.residualSquares });
    }
  }
  return found
    .sort((one, other) => one.error - other.error)
    .slice(0, kept)
    .map(({ theta }) => theta);
}
