import type { FittedLaw } from "../laws/definition/Law.ts";

/**
 * The token multiplier M = D / N at which a fitted `overTraining` law has the least loss for any compute:
 * M* = (b / a)^(1 / (2 eta)).
 *
 * Source: Gadre et al. 2024 (arXiv:2403.08540), appendix F, equation 10.
 *
 * @example
 * import { optimalTokenMultiplier, overTraining, withParameters } from "isoflop";
 * optimalTokenMultiplier(withParameters(overTraining, { E: 1.50826, a: 141.28, b: 189.52, eta: 0.12124 })); // => 3.358
 */
export function optimalTokenMultiplier(
  fitted: FittedLaw<"flops" | "tokenMultiplier", "E" | "a" | "b" | "eta", "loss">,
): number {
  const { a, b, eta } = fitted.parameters;
  return (b / a) ** (1 / (2 * eta));
}
