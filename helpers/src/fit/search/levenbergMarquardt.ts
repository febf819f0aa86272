import { choleskyFactor, choleskySolve } from "../../numerics/linear/cholesky.ts";
import type { Objective } from "../objective/Objective.ts";
import type { Minimum } from "./bfgs.ts";
import { gaussNewton, inverseGaussNewton } from "./gaussNewton.ts";

export interface LevenbergMarquardtOptions {
  readonly tolerance: number;
  /** A value that counts as zero. */
  readonly floor: number;
  readonly maxIterations: number;
}

/**
 * Least squares by damped Gauss-Newton steps inside a box, damping each coordinate by the largest curvature it has
 * shown, so that units do not matter. Coordinates pushed against a bound are held there.
 *
 * Source: Moré 1978, "The Levenberg-Marquardt algorithm"; damping schedule of Nielsen 1999.
 */
export function levenbergMarquardt(
  objective: Objective,
  start: Float64Array,
  options: LevenbergMarquardtOptions,
): Minimum {
  const { lower, upper } = objective.coordinates;
  const q = start.length;
  let z = start.slice();
  let gradient = new Float64Array(q);
  let value = objective.evaluate(z, gradient);
  const scale = new Float64Array(q);
  const damped = new Float64Array(q * q);
  const step = new Float64Array(q);
  let damping = 1e-4;
  let growth = 2;
  let converged = false;
  let iterations = 0;
  let fresh = true;
  let hessian = new Float64Array(0);
  while (value < Infinity && iterations < options.maxIterations) {
    iterations++;
    if (fresh) {
      hessian = new Float64Array(gaussNewton(objective, z));
      for (let a = 0; a < q; a++) scale[a] = Math.max(scale[a]! * 0.5, hessian[a * q + a]!, 1e-300);
    }
    const held = new Uint8Array(q);
    for (let a = 0; a < q; a++) {
      held[a] =
        (z[a]! <= lower[a]! && gradient[a]! >= 0) || (z[a]! >= upper[a]! && gradient[a]! <= 0) ? 1 : 0;
    }
    const next = z.slice();
    let isDefinite = false;
    // A coordinate that the step takes to a bound stops there, and the others make the best of that.
    for (let again = true; again; ) {
      again = false;
      damped.set(hessian);
      for (let a = 0; a < q; a++) {
        damped[a * q + a]! += damping * scale[a]!;
        step[a] = -gradient[a]!;
        for (let b = 0; b < q; b++) if (held[b]) step[a]! -= hessian[a * q + b]! * (next[b]! - z[b]!);
      }
      for (let a = 0; a < q; a++) {
        if (!held[a]) continue;
        for (let b = 0; b < q; b++) {
          damped[a * q + b] = 0;
          damped[b * q + a] = 0;
        }
        damped[a * q + a] = 1;
        step[a] = next[a]! - z[a]!;
      }
      isDefinite = choleskyFactor(damped, q);
      if (!isDefinite) break;
      choleskySolve(damped, q, step);
      for (let a = 0; a < q; a++) {
        if (held[a]) continue;
        next[a] = Math.min(upper[a]!, Math.max(lower[a]!, z[a]! + step[a]!));
        if (next[a] === z[a]! + step[a]!) continue;
        held[a] = 1;
        again = true;
      }
    }
    if (!isDefinite) {
      damping *= growth;
      growth *= 2;
      fresh = false;
      if (damping > 1e20) break;
      continue;
    }
    let slope = 0;
    for (let a = 0; a < q; a++) {
      step[a] = next[a]! - z[a]!;
      slope -= gradient[a]! * step[a]!;
    }
    let predicted = slope;
    for (let a = 0; a < q; a++) {
      for (let b = 0; b < q; b++) predicted -= 0.5 * step[a]! * hessian[a * q + b]! * step[b]!;
    }
    const nextGradient = new Float64Array(q);
    const nextValue = objective.evaluate(next, nextGradient);
    const small = slope <= options.tolerance * Math.abs(value) || slope <= options.floor;
    const gain = (value - nextValue) / predicted;
    if (nextValue < value || (nextValue === value && small)) {
      z = next;
      value = nextValue;
      gradient = nextGradient;
      damping = Math.max(damping * Math.max(1 / 10, 1 - (2 * gain - 1) ** 3), 1e-15);
      growth = 2;
      fresh = true;
    } else {
      damping *= growth;
      growth *= 2;
      fresh = false;
    }
    if (small && (damping < 1 || slope <= options.floor)) {
      converged = true;
      break;
    }
    if (damping > 1e20) {
      // No step lowers the value in double precision: the last digits are used up.
      converged = slope <= 1e-8 * Math.abs(value);
      break;
    }
  }
  return { z, value, gradient, inverseHessian: inverseGaussNewton(objective, z), iterations, converged };
}
