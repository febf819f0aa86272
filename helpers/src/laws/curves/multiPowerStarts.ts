import { BoundedLeastSquares } from "../../numerics/linear/boundedLeastSquares.ts";
import type { Columns, Law } from "../definition/Law.ts";

const alphas = [0.3, 0.5, 0.7];
const betas = [0.1, 0.6, 2.5];
const gammas = [0.4, 1];
/** Steps at the peak rate after which half a power of a fall is used up. */
const delays = [10, 60];

/**
 * Starts for the multi-power law: for given exponents and C it is linear in L0, A and B, so a small grid with a linear solve in
 * each cell covers what a search over all seven would miss. C is put where a fall to the peak rate is used up within some steps,
 * which makes the grid the same in any unit of the rate.
 *
 * @param peak the highest rate of the schedules
 * @returns the best cells of the two best betas, best first, as complete parameters in the law's order
 */
export function multiPowerStarts(
  evaluate: Law["evaluate"],
  peak: number,
  x: Columns,
  y: Float64Array,
): Float64Array[] {
  const n = y.length;
  const value = new Float64Array(n);
  const jacobian = new Float64Array(7 * n);
  const column = (theta: readonly number[], of: number) => {
    evaluate(Float64Array.from(theta), x, n, value, jacobian);
    return Float64Array.from({ length: n }, (_, i) => jacobian[7 * i + of]!);
  };
  const ones = new Float64Array(n).fill(1);
  const powers = alphas.map((alpha) => column([0, 1, 0, 1, alpha, 1, 1], 1));
  const solver = new BoundedLeastSquares(3);
  const solution = new Float64Array(3);
  const signs = Uint8Array.of(1, 1, 1);
  const found: { theta: Float64Array; error: number }[] = [];
  for (const beta of betas) {
    let best = { theta: new Float64Array(7), error: Infinity };
    for (const gamma of gammas) {
      for (const delay of delays) {
        const C = peak ** (gamma - 1) / delay;
        const falls = column([0, 0, 1, C, 1, beta, gamma], 2);
        powers.forEach((power, a) => {
          const columns = [ones, power, falls];
          const gram = Float64Array.from({ length: 9 }, (_, k) =>
            dotOver(columns[Math.floor(k / 3)]!, columns[k % 3]!, y),
          );
          const right = Float64Array.from(columns, (one) => dotOver(one, y, y));
          const error = n + solver.solve(gram, right, signs, solution);
          if (!(error < best.error)) return;
          const [L0, A, B] = solution as unknown as readonly [number, number, number];
          // Where the curves show no fall, B is anything: small, but not 0, whose logarithm is nowhere.
          const theta = Float64Array.of(L0, A || 1e-3, B || 1e-3 / peak, C, alphas[a]!, beta, gamma);
          best = { theta, error };
        });
      }
    }
    if (best.error < Infinity) found.push(best);
  }
  return found
    .sort((a, b) => a.error - b.error)
    .slice(0, 2)
    .map(({ theta }) => theta);
}

/** The inner product of relative columns, so that residuals are shares of the loss, as in the fit. */
function dotOver(a: Float64Array, b: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! * b[i]!) / y[i]! ** 2;
  return sum;
}
