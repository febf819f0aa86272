import type { Coordinates } from "../objective/Coordinates.ts";
import type { Differentiable } from "../objective/Differentiable.ts";
import { bfgs, type Minimum } from "../search/bfgs.ts";
import { type LinearConstraint, obeySingleLimits } from "./linearConstraints.ts";

/** A minimum under constraints, with the multiplier of each: 0 where the constraint makes no difference. */
export interface ConstrainedMinimum {
  readonly minimum: Minimum;
  readonly multipliers: Float64Array;
  /** The largest violation, as a share of the sizes that the constraint compares. */
  readonly violation: number;
}

const mostRounds = 40;
const tolerated = 1e-9;

/**
 * Minimises a function inside a box under linear inequalities among the law's parameters, by augmented Lagrangians: the
 * constraints enter as a smooth penalty whose multipliers are updated until none is violated.
 *
 * @param f a function of the coordinates, which may be followed by further ones of its own
 *
 * Source: Nocedal and Wright 2006, chapter 17.
 */
export function augmentedLagrangian(
  f: Differentiable,
  start: Float64Array,
  coordinates: Coordinates,
  constraints: readonly LinearConstraint[],
  box: { readonly lower: Float64Array; readonly upper: Float64Array; readonly inverseHessian: Float64Array },
): ConstrainedMinimum {
  const multipliers = new Float64Array(constraints.length);
  const theta = new Float64Array(coordinates.law.parameters.length);
  const excess = new Float64Array(constraints.length);
  const sizes = new Float64Array(constraints.length);
  const measure = (z: Float64Array) => {
    coordinates.toParameters(z, theta);
    for (const [k, { coefficients, limit }] of constraints.entries()) {
      let sum = -limit;
      let size = Math.abs(limit);
      for (let j = 0; j < theta.length; j++) {
        const part = coefficients[j]! * theta[j]!;
        sum += part;
        size = Math.max(size, Math.abs(part));
      }
      excess[k] = sum;
      if (sizes[k] === 0) sizes[k] = size || 1;
    }
  };
  measure(start);
  const first = Math.abs(f.evaluate(start, new Float64Array(start.length)));
  let weight = 10 * (first < Infinity ? first : 1) || 1e-12;
  const penalised: Differentiable = {
    evaluate(z, gradient) {
      const value = f.evaluate(z, gradient);
      if (!(value < Infinity)) return Infinity;
      measure(z);
      let total = value;
      for (const [k, { coefficients }] of constraints.entries()) {
        const push = multipliers[k]! + (weight * excess[k]!) / sizes[k]!;
        if (push > 0) {
          total += (push ** 2 - multipliers[k]! ** 2) / (2 * weight);
          for (let j = 0; j < theta.length; j++) {
            const slot = coordinates.slot[j]!;
            if (slot < 0 || coefficients[j] === 0) continue;
            const step = coordinates.free[slot]!.log ? theta[j]! : 1;
            gradient[slot]! += ((push * coefficients[j]!) / sizes[k]!) * step;
          }
        } else total -= multipliers[k]! ** 2 / (2 * weight);
      }
      return total;
    },
  };
  let minimum: Minimum | undefined;
  let violation = Infinity;
  let settled = false;
  for (let round = 0; round < mostRounds && !settled; round++) {
    const from = minimum?.z ?? start;
    minimum = bfgs(penalised, from, { ...box, tolerance: 1e-13, floor: 1e-300, maxIterations: 500 });
    measure(minimum.z);
    const before = violation;
    violation = 0;
    let moved = 0;
    for (let k = 0; k < constraints.length; k++) {
      const next = Math.max(0, multipliers[k]! + (weight * excess[k]!) / sizes[k]!);
      moved = Math.max(moved, Math.abs(next - multipliers[k]!) / weight);
      violation = Math.max(violation, excess[k]! / sizes[k]!);
      multipliers[k] = next;
    }
    settled = violation <= tolerated && moved <= tolerated;
    if (violation > 0.25 * before) weight *= 5;
  }
  if (violation <= tolerated) obeySingleLimits(minimum!.z, coordinates, constraints);
  const gradient = new Float64Array(start.length);
  const value = f.evaluate(minimum!.z, gradient);
  return {
    minimum: { ...minimum!, value, gradient, converged: minimum!.converged && settled },
    multipliers: multipliers.map((each, k) => each / sizes[k]!),
    violation,
  };
}
