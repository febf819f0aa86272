import { choleskyFactor, choleskySolve } from "../../numerics/linear/cholesky.ts";
import { dot } from "../../numerics/linear/dot.ts";
import type { LinearSolve, Solution } from "./linearSolve.ts";
import type { Steps } from "./searchAxes.ts";

/** A step that gains less than this share shows that a minimum is near. */
const little = 1e-4;
const difference = 1e-4;

/**
 * Damped Gauss-Newton steps in the searched parameters alone, with the others solved for at every point (variable
 * projection): amplitudes cannot run away, and a valley that is curved for all parameters is straight for these.
 * Derivatives are differences at the start and follow from the steps themselves after it, until these no longer help.
 *
 * Source: Golub and Pereyra 1973; Broyden 1965.
 */
export function improve(
  linear: LinearSolve,
  rows: number,
  steps: readonly Steps[],
  start: Float64Array,
  mostSteps: number,
): Solution {
  const d = steps.length;
  let best = linear.room(d, rows);
  best.at.set(start);
  linear.solve(best);
  if (d === 0 || !(best.rss < Infinity)) return best;
  let other = linear.room(d, rows);
  const n = best.residual.length;
  // Coordinates in units of their widths.
  let u = start.slice();
  for (let k = 0; k < d; k++) u[k] = (steps[k]!.log ? Math.log(u[k]!) : u[k]!) / steps[k]!.width;
  const solveAt = (place: Float64Array) => {
    for (let k = 0; k < d; k++) {
      const { log, width } = steps[k]!;
      other.at[k] = log ? Math.exp(place[k]! * width) : place[k]! * width;
    }
    linear.solve(other);
  };
  let next = u.slice();
  const slopes = steps.map(() => new Float64Array(n));
  const takeDifferences = () => {
    for (let k = 0; k < d; k++) {
      const h = u[k]! + difference > steps[k]!.upper / steps[k]!.width ? -difference : difference;
      next.set(u);
      next[k] = u[k]! + h;
      solveAt(next);
      const { residual, rss } = other;
      const slope = slopes[k]!;
      const before = best.residual;
      for (let i = 0; i < n; i++) slope[i] = rss < Infinity ? (residual[i]! - before[i]!) / h : 0;
    }
  };
  takeDifferences();
  let areExact = true;
  let damping = 0.01;
  const hessian = new Float64Array(d * d);
  const step = new Float64Array(d);
  for (let taken = 0; taken < mostSteps; taken++) {
    for (let a = 0; a < d; a++) {
      step[a] = -dot(slopes[a]!, best.residual);
      for (let b = 0; b <= a; b++) hessian[a * d + b] = dot(slopes[a]!, slopes[b]!);
    }
    for (let a = 0; a < d; a++) hessian[a * d + a] = hessian[a * d + a]! * (1 + damping) + 1e-300;
    next.set(u);
    if (choleskyFactor(hessian, d)) {
      choleskySolve(hessian, d, step);
      for (let k = 0; k < d; k++) {
        const { lower, upper, width } = steps[k]!;
        const move = Math.max(-1 / 3, Math.min(1 / 3, step[k]!));
        next[k] = Math.min(upper / width, Math.max(lower / width, u[k]! + move));
      }
    }
    solveAt(next);
    const gain = best.rss - other.rss;
    if (gain > 0) {
      for (let k = 0; k < d; k++) step[k] = next[k]! - u[k]!;
      update(slopes, step, other.residual, best.residual);
      [u, next] = [next, u];
      [best, other] = [other, best];
      damping = Math.max(damping / 10, 1e-9);
    }
    if (gain > little * best.rss) {
      areExact = false;
    } else if (!areExact) {
      takeDifferences();
      areExact = true;
    } else if (gain > 0) break;
    else damping *= 10;
  }
  return best;
}

/** Changes the slopes as little as makes them right along the step that was taken. */
function update(
  slopes: readonly Float64Array[],
  move: Float64Array,
  residual: Float64Array,
  before: Float64Array,
): void {
  const length = dot(move, move);
  if (!(length > 0)) return;
  for (let i = 0; i < residual.length; i++) {
    let missing = residual[i]! - before[i]!;
    for (let k = 0; k < move.length; k++) missing -= slopes[k]![i]! * move[k]!;
    for (let k = 0; k < move.length; k++) slopes[k]![i]! += (missing * move[k]!) / length;
  }
}
