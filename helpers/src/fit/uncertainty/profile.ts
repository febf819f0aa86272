import { indexOfName } from "../../numerics/arguments/indexOfName.ts";
import { requireLevel } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { studentTQuantile } from "../../numerics/distributions/studentT.ts";
import type { Objective } from "../objective/Objective.ts";
import { objectiveOf } from "../objective/objectiveOf.ts";
import { covariance } from "./covariance.ts";
import { curvatureAt } from "./curvature.ts";
import type { Estimate } from "./Estimate.ts";
import { HeldQuantity, type Measure } from "./HeldQuantity.ts";
import type { Interval } from "./Interval.ts";
import type { Quantity } from "./Quantity.ts";

/** How sure a profile's interval shall be, and whether its curve is wanted. */
export interface ProfileOptions {
  readonly level?: number;
  /** Points of the curve on each side of the estimate. Default 0: the interval only. */
  readonly points?: number;
}

/** One point of a profile: the quantity held, and what that costs. */
export interface ProfilePoint {
  /** The quantity, held at this value. */
  readonly value: number;
  /** The lowest objective with it held there. */
  readonly objective: number;
  /** Signed root of the rise, in standard errors: straight where a Wald interval would do. */
  readonly signedRoot: number;
}

/** A profile of the objective along one quantity. Made by `Fit.profile`. */
export interface Profile {
  readonly estimate: number;
  /** Values of the quantity that the runs do not reject; infinite on a side where they never do. */
  readonly interval: Interval;
  readonly level: number;
  readonly curve: readonly ProfilePoint[];
}

/** See `Fit.profile`. */
export function profile<P extends string>(
  estimated: Estimate<string, P, string>,
  quantity: Quantity<P>,
  options: ProfileOptions = {},
): Profile {
  requireOptions("profile", options, ["level", "points"]);
  const { level = 0.95, points = 0 } = options;
  requireLevel(level);
  const objective = objectiveOf(estimated);
  const { z, value: lowest } = estimated.minimum;
  const { dispersion, freedom } = curvatureAt(objective, z);
  if (freedom < 1) {
    throw new RangeError(
      `a profile needs more runs than parameters, got ${estimated.table.n} runs for ${z.length} parameters`,
    );
  }
  const { ofCoordinates } = covariance(estimated, { kind: "hessian" });
  const held = new HeldQuantity(objective, measureOf(objective, quantity), z, ofCoordinates, dispersion);
  const { estimate, standardError } = held;
  const wanted = studentTQuantile((1 + level) / 2, Math.max(freedom, 1));
  const curve: ProfilePoint[] = [{ value: estimate, objective: lowest, signedRoot: 0 }];

  const side = (direction: -1 | 1): number => {
    let start = z;
    const rootAt = (value: number) => {
      const found = held.lowest(value, start);
      if (found.value < Infinity) start = found.z;
      const rise = Math.max(0, found.value - lowest);
      return { value, objective: found.value, signedRoot: direction * Math.sqrt((2 * rise) / dispersion) };
    };
    const far = (point: ProfilePoint) => Math.abs(point.signedRoot) - wanted;
    let inner: ProfilePoint = curve[0]!;
    let outer = rootAt(estimate + direction * wanted * standardError);
    for (let k = 0; far(outer) < 0; k++) {
      if (k > 40) return direction * Infinity;
      inner = outer;
      // The root is nearly straight: aim a little past where a line through the estimate meets the limit.
      const stretch = Math.min(
        3,
        Math.max(1.1, (1.05 * wanted) / Math.max(Math.abs(outer.signedRoot), 1e-9)),
      );
      outer = rootAt(estimate + (outer.value - estimate) * stretch);
    }
    const reached = outer;
    // Regula falsi (Illinois) on the root.
    let a = far(inner);
    let b = far(outer);
    let limit = outer.value;
    for (let k = 0; k < 60; k++) {
      const share = Number.isFinite(b) ? Math.min(0.99, Math.max(0.01, a / (a - b))) : 0.5;
      const next = rootAt(inner.value + (outer.value - inner.value) * share);
      const c = far(next);
      limit = next.value;
      if (Math.abs(c) < 1e-4 || Math.abs(outer.value - inner.value) < 1e-9 * Math.abs(standardError)) break;
      if (c < 0) {
        if (a < 0 && k > 0) b /= 2;
        inner = next;
        a = c;
      } else {
        outer = next;
        b = c;
      }
    }
    start = z;
    for (let k = 1; k <= points; k++) {
      const point = rootAt(estimate + ((limit - estimate) * k * 1.25) / points);
      if (point.objective < Infinity) curve.push(point);
    }
    return reached === outer && !Number.isFinite(b) ? reached.value : limit;
  };
  const interval: Interval = [side(-1), side(1)];
  curve.sort((p, q) => p.value - q.value);
  return Object.freeze({ estimate, interval, level, curve: Object.freeze(curve) });
}

function measureOf<P extends string>(objective: Objective, quantity: Quantity<P>): Measure {
  const { coordinates, law } = objective;
  const names = law.parameters.map(({ name }) => name);
  const theta = new Float64Array(names.length);
  if (typeof quantity === "function") {
    let proven = false;
    return (z) => {
      coordinates.toParameters(z, theta);
      const parameters = Object.fromEntries(names.map((name, j) => [name, theta[j]!])) as Record<P, number>;
      if (!proven) {
        const value = quantity(parameters);
        proven = true;
        return value;
      }
      // The search may touch parameters for which the quantity does not exist (such as an optimum): not a value.
      try {
        return quantity(parameters);
      } catch {
        return NaN;
      }
    };
  }
  const j = indexOfName(names, quantity);
  if (coordinates.slot[j]! < 0) throw new RangeError(`${quantity} is fixed, so it has no profile`);
  return (z) => {
    coordinates.toParameters(z, theta);
    return theta[j]!;
  };
}
