import { choleskyInverse } from "../../numerics/linear/cholesky.ts";
import type { Objective } from "../objective/Objective.ts";

/**
 * Gauss-Newton approximation of the Hessian of the objective at z, row-major: `sum_i w_i (rho'(r_i) / r_i) J_i J_i'`
 * plus the priors' curvature. For squared loss it drops only the law's second derivatives; for robust losses it is
 * the curvature of the quadratic that touches the objective from above. With weighting `design` the loss is left out
 * (`sum_i w_i J_i J_i'`): what the runs can tell apart, whatever the residuals.
 */
export function gaussNewton(
  objective: Objective,
  z: Float64Array,
  weighting: "loss" | "design" = "loss",
): Float64Array {
  objective.prepare(z);
  return gaussNewtonHere(objective, weighting);
}

/** The same at the point that the objective was last asked about. */
function gaussNewtonHere(objective: Objective, weighting: "loss" | "design"): Float64Array {
  const { n, residual, influence, value, logResidual, w, coordinates, theta, jacobian } = objective;
  const { slot } = coordinates;
  const p = theta.length;
  const q = coordinates.size;
  const steps = theta.map((own, j) => (slot[j]! >= 0 && coordinates.free[slot[j]!]!.log ? own : 1));
  const row = new Float64Array(q);
  const hessian = new Float64Array(q * q);
  // Row by row, since the Jacobian of the residuals of a million runs is felt in memory and time.
  for (let i = 0; i < n; i++) {
    const r = residual[i]!;
    const psi = logResidual ? influence[i]! * value[i]! : influence[i]!;
    const weight = weighting === "design" || Math.abs(r) < 1e-300 ? w[i]! : psi / r;
    if (weight === 0) continue;
    for (let k = 0; k < q; k++) row[k] = 0;
    for (let j = 0; j < p; j++) {
      const k = slot[j]!;
      if (k < 0) continue;
      const scale = logResidual ? steps[j]! / value[i]! : steps[j]!;
      row[k] = row[k]! + jacobian[i * p + j]! * scale;
    }
    for (let a = 0; a < q; a++) {
      const left = weight * row[a]!;
      for (let b = 0; b <= a; b++) hessian[a * q + b] = hessian[a * q + b]! + left * row[b]!;
    }
  }
  const beliefs = priorCurvature(objective, theta);
  for (let a = 0; a < q; a++) hessian[a * q + a]! += beliefs[a]!;
  for (let a = 0; a < q; a++) for (let b = 0; b < a; b++) hessian[b * q + a] = hessian[a * q + b]!;
  return hessian;
}

/** What the priors add to the curvature along each coordinate, at these parameters. */
export function priorCurvature({ coordinates, loss }: Objective, theta: Float64Array): Float64Array {
  const found = new Float64Array(coordinates.size);
  for (const [j, , sd, log] of coordinates.priors) {
    const slot = coordinates.slot[j]!;
    if (slot < 0) continue;
    const step = (coordinates.free[slot]!.log ? theta[j]! : 1) / (log ? theta[j]! : 1) / sd;
    found[slot]! += (loss.share ?? 1) * step * step;
  }
  return found;
}

/** Inverse of the Gauss-Newton Hessian, with the smallest ridge that makes it positive definite. */
export function inverseGaussNewton(objective: Objective, z: Float64Array): Float64Array {
  objective.prepare(z);
  return inverseGaussNewtonHere(objective);
}

/** The same at the point that the objective was last asked about. */
export function inverseGaussNewtonHere(objective: Objective): Float64Array {
  const hessian = gaussNewtonHere(objective, "loss");
  const q = objective.coordinates.size;
  let largest = 0;
  for (let a = 0; a < q; a++) largest = Math.max(largest, hessian[a * q + a]!);
  for (let ridge = 1e-13; ridge < 1; ridge *= 10) {
    const regular = hessian.slice();
    for (let a = 0; a < q; a++) {
      const diagonal = hessian[a * q + a]!;
      regular[a * q + a] = diagonal > 0 ? diagonal * (1 + ridge) : largest * ridge || 1;
    }
    const inverse = choleskyInverse(regular, q);
    if (inverse?.every(Number.isFinite)) return inverse;
  }
  const identity = new Float64Array(q * q);
  for (let a = 0; a < q; a++) identity[a * q + a] = 1;
  return identity;
}
