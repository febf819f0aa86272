import { indexOfName } from "../../numerics/arguments/indexOfName.ts";
import type { Objective } from "../objective/Objective.ts";
import type { Quantity } from "./Quantity.ts";

/** A quantity as a function of the optimiser's coordinates, with its slope. */
export interface Measure {
  /** NaN where the quantity does not exist. */
  value(z: Float64Array): number;
  /** Derivatives by the coordinates. */
  slope(z: Float64Array): Float64Array;
  /** The coordinate that holds the quantity, where it is a parameter and not computed. */
  readonly slot: number | undefined;
}

/**
 * @param spread covariance of the coordinates (q x q): the slope of a computed quantity is a central difference over
 * a small share of their standard errors.
 * @throws RangeError when the parameter is unknown or fixed
 */
export function measureOf<P extends string>(
  { coordinates, law }: Objective,
  quantity: Quantity<P>,
  spread: Float64Array,
): Measure {
  const names = law.parameters.map(({ name }) => name);
  const theta = new Float64Array(names.length);
  const q = coordinates.size;
  if (typeof quantity !== "function") {
    const j = indexOfName(names, quantity);
    const slot = coordinates.slot[j]!;
    if (slot < 0) throw new RangeError(`${quantity} is fixed, so it has no profile or interval of its own`);
    const { log } = coordinates.free[slot]!;
    return {
      value: (z) => (log ? Math.exp(z[slot]!) : z[slot]!),
      slope: (z) =>
        Float64Array.from({ length: q }, (_, k) => (k !== slot ? 0 : log ? Math.exp(z[slot]!) : 1)),
      slot,
    };
  }
  let proven = false;
  const value = (z: Float64Array): number => {
    coordinates.toParameters(z, theta);
    const parameters: Record<string, number> = {};
    for (let j = 0; j < names.length; j++) parameters[names[j]!] = theta[j]!;
    // The search may touch parameters for which the quantity does not exist (such as an optimum): not a value.
    try {
      const found: unknown = quantity(parameters as Record<P, number>);
      if (!proven && typeof found !== "number") {
        throw new RangeError(`the quantity must be a number, got ${String(found)}`);
      }
      proven = true;
      return found as number;
    } catch (error) {
      if (!proven) throw error;
      return NaN;
    }
  };
  const { lower, upper } = coordinates;
  const slope = (z: Float64Array) => {
    const moved = z.slice();
    return Float64Array.from({ length: q }, (_, k) => {
      const se = Math.sqrt(spread[k * q + k]!);
      const size = Math.abs(z[k]!);
      // Of runs without noise, a share of no standard error at all would be lost in rounding.
      const h = se < Infinity ? Math.max(1e-4 * se, 1e-6 * size) || 1e-6 : 1e-6 * Math.max(1, size);
      const [down, up] = [Math.max(lower[k]!, z[k]! - h), Math.min(upper[k]!, z[k]! + h)];
      if (!(down < up)) return 0;
      moved[k] = up;
      const above = value(moved);
      moved[k] = down;
      const below = value(moved);
      moved[k] = z[k]!;
      return (above - below) / (up - down);
    });
  };
  return { value, slope, slot: undefined };
}
