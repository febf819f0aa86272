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
  const { n, residual, influence, value, logResidual, w, coordinates } = objective;
  const q = coordinates.size;
  const jacobian = objective.residualJacobian();
  const hessian = new Float64Array(q * q);
  for (let i = 0; i < n; i++) {
    const r = residual[i]!;
    const psi = logResidual ? influence[i]! * value[i]! : influence[i]!;
    const weight = weighting === "design" || Math.abs(r) < 1e-300 ? w[i]! : psi / r;
    if (weight === 0) continue;
    for (let a = 0; a < q; a++) {
      const left = weight * jacobian[i * q + a]!;
      for (let b = 0; b <= a; b++) hessian[a * q + b]! += left * jacobian[i * q + b]!;
    }
  }
  const beliefs = priorCurvature(objective, z);
  for (let a = 0; a < q; a++) hessian[a * q + a]! += beliefs[a]!;
  for (let a = 0; a < q; a++) for (let b = 0; b < a; b++) hessian[b * q + a] = hessian[a * q + b]!;
  return hessian;
}

/** What the priors add to the curvature along each coordinate. */
export function priorCurvature({ coordinates, loss }: Objective, z: Float64Array): Float64Array {
  const found = new Float64Array(z.length);
  for (const [j, , sd, log] of coordinates.priors) {
    const slot = coordinates.slot[j]!;
    if (slot < 0) continue;
    const own = coordinates.free[slot]!.log;
    const theta = own ? Math.exp(z[slot]!) : z[slot]!;
    const step = (own ? theta : 1) / (log ? theta : 1) / sd;
    found[slot]! += (loss.share ?? 1) * step * step;
  }
  return found;
}

/** Inverse of the Gauss-Newton Hessian, with the smallest ridge that makes it positive definite. */
export function inverseGaussNewton(objective: Objective, z: Float64Array): Float64Array {
  const hessian = gaussNewton(objective, z);
  const q = z.length;
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
