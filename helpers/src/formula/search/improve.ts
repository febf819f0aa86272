import { choleskyFactor, choleskySolve } from "../../numerics/linear/cholesky.ts";

/** What is left of the runs at some values of the searched parameters, with the best coefficients there. */
export interface Solution {
  readonly at: Float64Array;
  readonly rss: number;
  readonly coefficients: Float64Array;
  readonly residual: Float64Array;
}

/** How a searched parameter moves: in its logarithm or in itself, inside bounds, by steps of about `width`. */
export interface Steps {
  readonly log: boolean;
  readonly lower: number;
  readonly upper: number;
  readonly width: number;
}

const trials = 8;

/**
 * Damped Gauss-Newton steps in the searched parameters alone, with the others solved for at every point (variable
 * projection): amplitudes cannot run away, and a valley that is curved for all parameters is straight for these.
 *
 * Source: Golub and Pereyra 1973; derivatives by differences.
 */
export function improve(
  solve: (at: Float64Array) => Solution,
  steps: readonly Steps[],
  start: Float64Array,
): Solution {
  const d = steps.length;
  let best = solve(start);
  if (d === 0) return best;
  const toValue = (u: Float64Array) => u.map((each, k) => (steps[k]!.log ? Math.exp(each) : each));
  const toCoordinate = (at: Float64Array) => at.map((each, k) => (steps[k]!.log ? Math.log(each) : each));
  let u = toCoordinate(start);
  let damping = 0.01;
  let fresh = true;
  const n = best.residual.length;
  const hessian = new Float64Array(d * d);
  const slope = new Float64Array(d);
  for (let trial = 0; trial < trials; trial++) {
    if (fresh) {
      const moved = steps.map(({ width, upper }, k) => {
        const h = u[k]! + 1e-4 * width > upper ? -1e-4 * width : 1e-4 * width;
        const next = u.slice();
        next[k]! += h;
        const { residual, rss } = solve(toValue(next));
        return rss < Infinity
          ? residual.map((r, i) => (r - best.residual[i]!) / (1e4 * h))
          : new Float64Array(n);
      });
      for (let a = 0; a < d; a++) {
        slope[a] = 0;
        for (let i = 0; i < n; i++) slope[a]! += moved[a]![i]! * best.residual[i]!;
        for (let b = 0; b <= a; b++) {
          let sum = 0;
          for (let i = 0; i < n; i++) sum += moved[a]![i]! * moved[b]![i]!;
          hessian[a * d + b] = sum;
        }
      }
    }
    const damped = hessian.slice();
    const step = slope.map((each) => -each);
    for (let a = 0; a < d; a++) damped[a * d + a] = damped[a * d + a]! * (1 + damping) + 1e-300;
    let next = u;
    if (choleskyFactor(damped, d)) {
      choleskySolve(damped, d, step);
      next = u.map((each, k) => {
        const { lower, upper, width } = steps[k]!;
        // Differences were taken per 1e-4 of their own step, so steps come out in ten-thousandths.
        const move = Math.max(-width / 3, Math.min(width / 3, step[k]! / 1e4));
        return Math.min(upper, Math.max(lower, each + move));
      });
    }
    const found = solve(toValue(next));
    fresh = found.rss < best.rss;
    if (!fresh) {
      damping *= 10;
      continue;
    }
    const gain = best.rss - found.rss;
    best = found;
    u = next;
    damping = Math.max(damping / 10, 1e-9);
    if (gain < 1e-4 * best.rss) break;
  }
  return best;
}
