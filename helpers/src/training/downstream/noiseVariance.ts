import type { Fit } from "../../fit/FitResult.ts";

/** Variance of one run around a fit, in the unit of its residuals: squares over runs minus constants. */
export function noiseVariance(step: Pick<Fit, "n" | "freeParameters" | "residuals">): number {
  const total = step.residuals().reduce((sum, residual) => sum + residual * residual, 0);
  return total / Math.max(1, step.n - step.freeParameters);
}
