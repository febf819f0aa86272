import type { Objective } from "../objective/Objective.ts";
import type { Minimum } from "./bfgs.ts";
import { inverseGaussNewton } from "./gaussNewton.ts";

/**
 * Minimises by the downhill simplex, without gradients: slow, but independent of the analytic derivatives, so it
 * serves as a check on the other methods. The simplex is laid along the inverse Hessian's scale at the start, and
 * restarted until a restart no longer helps.
 *
 * Source: Nelder and Mead 1965; restarts as in Press et al., Numerical Recipes, section 10.5.
 */
export function nelderMead(
  objective: Objective,
  start: Float64Array,
  options: { readonly tolerance: number; readonly maxEvaluations: number },
): Minimum {
  const { lower, upper } = objective.coordinates;
  const q = start.length;
  const gradient = new Float64Array(q);
  let used = 0;
  const at = (z: Float64Array) => {
    used++;
    for (let k = 0; k < q; k++) z[k] = Math.min(upper[k]!, Math.max(lower[k]!, z[k]!));
    return { z, value: objective.evaluate(z, gradient) };
  };
  let best = at(start.slice());
  let converged = false;
  while (used < options.maxEvaluations) {
    const before = best.value;
    const inverse = inverseGaussNewton(objective, best.z);
    const simplex = [best];
    for (let k = 0; k < q; k++) {
      const z = best.z.slice();
      z[k]! += Math.min(Math.sqrt(inverse[k * q + k]! * Math.abs(best.value)) || 1e-3, 1);
      simplex.push(at(z));
    }
    contract(simplex, at, q, () => used >= options.maxEvaluations);
    best = simplex[0]!;
    if (before - best.value <= options.tolerance * Math.abs(best.value)) {
      converged = true;
      break;
    }
  }
  const value = objective.evaluate(best.z, gradient);
  const inverseHessian = inverseGaussNewton(objective, best.z);
  return { z: best.z, value, gradient, inverseHessian, iterations: used, converged };
}

interface Vertex {
  readonly z: Float64Array;
  readonly value: number;
}

/** Moves the simplex until its values agree to rounding; the best vertex ends first. */
function contract(simplex: Vertex[], at: (z: Float64Array) => Vertex, q: number, spent: () => boolean): void {
  const sort = () => simplex.sort((a, b) => a.value - b.value);
  sort();
  while (!spent()) {
    const worst = simplex[q]!;
    const spread = worst.value - simplex[0]!.value;
    if (!(spread > 1e-15 * Math.abs(simplex[0]!.value)) && worst.value < Infinity) return;
    const centre = new Float64Array(q);
    for (let v = 0; v < q; v++) for (let k = 0; k < q; k++) centre[k]! += simplex[v]!.z[k]! / q;
    const along = (t: number) => at(centre.map((c, k) => c + t * (worst.z[k]! - c)));
    const reflected = along(-1);
    if (reflected.value < simplex[0]!.value) {
      const expanded = along(-2);
      simplex[q] = expanded.value < reflected.value ? expanded : reflected;
    } else if (reflected.value < simplex[q - 1]!.value) {
      simplex[q] = reflected;
    } else {
      const contracted = along(reflected.value < worst.value ? -0.5 : 0.5);
      if (contracted.value < Math.min(worst.value, reflected.value)) {
        simplex[q] = contracted;
      } else {
        const anchor = simplex[0]!.z;
        for (let v = 1; v <= q; v++) simplex[v] = at(simplex[v]!.z.map((c, k) => (c + anchor[k]!) / 2));
      }
    }
    sort();
  }
}
