import { choleskyInverse } from "../../numerics/linear/cholesky.ts";
import { typicalSize } from "../../numerics/typicalSize.ts";
import type { Objective } from "../objective/Objective.ts";
import { typicalResponse } from "../objective/typicalResponse.ts";
import { priorCurvature } from "../search/gaussNewton.ts";

/** What the sampling theory of M-estimators needs at a minimum, in the optimiser's coordinates (q x q, row-major). */
export interface Curvature {
  /** Expected Hessian of the objective: `sum w E[psi'] J J' + sum w psi r''` and the priors'. */
  readonly hessian: Float64Array;
  /** The priors' part of that, on its diagonal. */
  readonly beliefs: Float64Array;
  /** Derivatives of the residuals by the coordinates, row by row (n x q), and `w_i E[psi']` of each run. */
  readonly jacobian: Float64Array;
  readonly pulls: Float64Array;
  /** Rows `w_i psi_i J_i` (n x q): their outer products estimate the variance of the gradient. */
  readonly scores: Float64Array;
  /**
   * `mean(w psi^2) / mean(psi') * n / (n - q)`, the second mean weighted: twice the rise of the objective over this
   * behaves like chi-squared where a run of weight w has noise of variance `sigma^2 / w`. For least squares it is twice
   * `sum w r^2 / (n - q)`.
   */
  readonly dispersion: number;
  /** Runs with weight minus what they spend on parameters: one a free coordinate, less where a prior decides it. */
  readonly freedom: number;
}

/**
 * Curvature of the objective at z. The loss's second derivative is smoothed over the spread of the residuals,
 * `psi'(r) ~ (psi(r + h) - psi(r - h)) / 2h`, which is exact for squared loss and gives losses with corners or
 * narrow bottoms (L1, Huber 1e-3) the density estimate that their asymptotic variance asks for.
 */
export function curvatureAt(objective: Objective, z: Float64Array): Curvature {
  const { n, w, loss } = objective;
  const q = z.length;
  objective.prepare(z);
  const residual = objective.residual.slice(0, n);
  const jacobian = objective.residualJacobian();
  const psi = new Float64Array(n);
  loss.sum(residual, w, n, psi);
  const counted = residual.filter((_, i) => w[i]! > 0);
  const used = counted.length;
  const h = bandwidth(counted);
  const up = new Float64Array(n);
  const down = new Float64Array(n);
  loss.sum(
    residual.map((r) => r + h),
    w,
    n,
    up,
  );
  loss.sum(
    residual.map((r) => r - h),
    w,
    n,
    down,
  );
  const hessian = new Float64Array(q * q);
  const scores = new Float64Array(n * q);
  const pulls = new Float64Array(n);
  let sumPsi2 = 0;
  let sumSlope = 0;
  let sumWeights = 0;
  for (let i = 0; i < n; i++) {
    const slope = (up[i]! - down[i]!) / (2 * h);
    if (w[i]! > 0) sumPsi2 += psi[i]! ** 2 / w[i]!;
    sumWeights += w[i]!;
    sumSlope += slope;
    pulls[i] = slope;
    for (let a = 0; a < q; a++) {
      const left = jacobian[i * q + a]!;
      scores[i * q + a] = psi[i]! * left;
      for (let b = 0; b < q; b++) hessian[a * q + b]! += slope * left * jacobian[i * q + b]!;
    }
  }
  const beliefs = priorCurvature(objective, objective.theta);
  addSecondDerivatives(objective, z, psi, jacobian, hessian);
  let spent = q;
  if (beliefs.some((entry) => entry > 0)) {
    const ofRuns = hessian.slice();
    for (let a = 0; a < q; a++) hessian[a * q + a]! += beliefs[a]!;
    const inverse = choleskyInverse(hessian, q);
    // The trace of H^-1 times the runs' own part: a parameter that its prior decides takes nothing from the runs.
    if (inverse) spent = inverse.reduce((sum, entry, at) => sum + entry * ofRuns[at]!, 0);
  }
  const freedom = used - spent;
  const dispersion = (sumPsi2 / sumSlope) * (sumWeights / Math.max(freedom, 1));
  return { hessian, beliefs, jacobian, pulls, scores, dispersion, freedom };
}

/** Adds `sum_i psi_i r_i''`, by central differences of the residuals' Jacobian. */
function addSecondDerivatives(
  objective: Objective,
  z: Float64Array,
  psi: Float64Array,
  jacobian: Float64Array,
  hessian: Float64Array,
): void {
  const { n } = objective;
  const q = z.length;
  const second = new Float64Array(q * q);
  const scale = 1e-4 * typicalResponse(objective);
  for (let a = 0; a < q; a++) {
    let size = 0;
    for (let i = 0; i < n; i++) size = Math.max(size, Math.abs(jacobian[i * q + a]!));
    // A step that changes the residuals by about 1e-4 of the response.
    const h = size > 0 ? Math.min(scale / size, 1e-2 * Math.max(1, Math.abs(z[a]!))) : 1e-4;
    const sums = [h, -h].map((step) => {
      const moved = z.slice();
      moved[a] = z[a]! + step;
      objective.prepare(moved);
      const other = objective.residualJacobian();
      const sum = new Float64Array(q);
      for (let i = 0; i < n; i++) for (let b = 0; b < q; b++) sum[b]! += psi[i]! * other[i * q + b]!;
      return sum;
    });
    for (let b = 0; b < q; b++) second[a * q + b] = (sums[0]![b]! - sums[1]![b]!) / (2 * h);
  }
  for (let a = 0; a < q; a++) {
    for (let b = 0; b < q; b++) {
      const entry = 0.5 * (second[a * q + b]! + second[b * q + a]!);
      if (Number.isFinite(entry)) hessian[a * q + b]! += entry;
    }
  }
}

/** Silverman's rule on a robust spread. */
function bandwidth(residual: Float64Array): number {
  return 1.06 * typicalSize(residual, 1.4826) * residual.length ** -0.2;
}
