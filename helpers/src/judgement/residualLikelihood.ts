import type { Loss } from "../fit/losses/Loss.ts";
import { findRoot } from "../numerics/findRoot.ts";
import { lossNormaliser } from "./lossNormaliser.ts";

/** The likelihood of residuals under the noise that a loss stands for. */
export interface ResidualLikelihood {
  readonly logLikelihood: number;
  /** The noise's scale σ that makes it largest; ρ is taken of r / σ. */
  readonly scale: number;
}

/**
 * max over σ of Σ w [−ρ(r/σ) − ln σ − ln Z].
 *
 * At the maximum the mean of z ρ'(z), z = r/σ, is 1; that mean grows with 1/σ for every convex loss, so there is one
 * root in ln σ.
 */
export function residualLikelihood(residuals: Float64Array, w: Float64Array, loss: Loss): ResidualLikelihood {
  const n = residuals.length;
  const scaled = new Float64Array(n);
  const influence = new Float64Array(n);
  let weight = 0;
  let largest = 0;
  for (let i = 0; i < n; i++) {
    weight += w[i]!;
    largest = Math.max(largest, Math.abs(residuals[i]!));
  }
  if (largest === 0) return { logLikelihood: Number.POSITIVE_INFINITY, scale: 0 };
  const charge = (logScale: number) => {
    const scale = Math.exp(logScale);
    for (let i = 0; i < n; i++) scaled[i] = residuals[i]! / scale;
    return loss.sum(scaled, w, n, influence);
  };
  const lack = (logScale: number) => {
    charge(logScale);
    let total = 0;
    for (let i = 0; i < n; i++) total += scaled[i]! * influence[i]!;
    return weight - total;
  };
  const logScale = findRoot(lack, Math.log(largest) - 40, Math.log(largest) + 10);
  const logLikelihood = -charge(logScale) - weight * (logScale + lossNormaliser(loss));
  return { logLikelihood, scale: Math.exp(logScale) };
}
