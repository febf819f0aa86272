import { requireLevel, requireWhole } from "../../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../../numerics/arguments/requireOptions.ts";
import { studentTQuantile } from "../../../numerics/distributions/studentT.ts";
import { objectiveOf } from "../../objective/objectiveOf.ts";
import { curvatureAt } from "../curvature.ts";
import { type Estimate, unidentified } from "../Estimate.ts";
import type { Interval } from "../Interval.ts";
import { measureOf } from "../Measure.ts";
import { curvatureNote } from "../methodNotes.ts";
import type { Quantity } from "../Quantity.ts";
import { withoutNoise } from "../withoutNoise.ts";
import { ConstrainedMinimum } from "./ConstrainedMinimum.ts";
import type { ProfilePoint } from "./ProfilePoint.ts";
import { ProfileWalk } from "./ProfileWalk.ts";
import { startPool } from "./startPool.ts";

/** How sure a profile's interval shall be, and whether its curve is wanted. */
export interface ProfileOptions {
  readonly level?: number;
  /** Points of the curve on each side of the estimate. Default 0: the interval only. */
  readonly points?: number;
}

/** A profile of the objective along one quantity. Made by `Fit.profile`. */
export interface Profile {
  readonly estimate: number;
  /**
   * Values of the quantity that the runs do not reject. A side that does not close ends where the quantity or its
   * parameter can go no further, or is infinite where nothing ever is rejected.
   */
  readonly interval: Interval;
  /** Whether the runs reject what lies beyond each end. */
  readonly closes: readonly [low: boolean, high: boolean];
  /** In words, why a side does not close and what else is to be kept in mind; empty where there is nothing. */
  readonly notes: readonly string[];
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
  requireWhole("points", points, 0, "0 gives the interval only, 20 a smooth curve a side");
  const objective = objectiveOf(estimated);
  const { z, value: lowest } = estimated.minimum;
  const open = unidentified(estimated);
  if (open) {
    const { value: valueAt, slot } = measureOf(objective, quantity, new Float64Array(z.length ** 2));
    const value = valueAt(z);
    const isPositive = slot !== undefined && objective.coordinates.free[slot]!.log;
    return Object.freeze({
      estimate: value,
      interval: [isPositive ? 0 : -Infinity, Infinity] as const,
      closes: [false, false] as const,
      notes: [open],
      level,
      curve: [{ value, objective: lowest, signedRoot: 0 }],
    });
  }
  const curvature = curvatureAt(objective, z);
  if (curvature.freedom < 1) {
    throw new RangeError(
      `a profile needs more runs than parameters, got ${estimated.table.n} runs for ${z.length} parameters`,
    );
  }
  if (withoutNoise(objective, z)) {
    const value = measureOf(objective, quantity, new Float64Array(z.length ** 2)).value(z);
    return Object.freeze({
      estimate: value,
      interval: [value, value] as const,
      closes: [true, true] as const,
      notes: ["the runs lie on the law to rounding: there is no noise to make an interval of"],
      level,
      curve: [{ value, objective: lowest, signedRoot: 0 }],
    });
  }
  const held = new ConstrainedMinimum(objective, z, curvature, (spread) => [
    measureOf(objective, quantity, spread),
  ]);
  const walk = new ProfileWalk({
    held,
    lowest,
    z,
    dispersion: curvature.dispersion,
    wanted: studentTQuantile((1 + level) / 2, curvature.freedom),
    bounds: boundsOf(),
    pool: startPool(objective, estimated, held),
  });
  const sides = [walk.side(-1), walk.side(1)] as const;
  const curve: ProfilePoint[] = [{ value: walk.estimate, objective: lowest, signedRoot: 0 }];
  for (const [at, side] of sides.entries()) curve.push(...walk.curve(side, at === 0 ? -1 : 1, points));
  curve.sort((p, q) => p.value - q.value);
  return Object.freeze({
    estimate: walk.estimate,
    interval: Object.freeze([sides[0].limit, sides[1].limit] as const),
    closes: Object.freeze([sides[0].closes, sides[1].closes] as const),
    notes: Object.freeze(
      [...sides.map(({ note }) => note), curvatureNote(estimated)].filter((text) => text !== undefined),
    ),
    level,
    curve: Object.freeze(curve),
  });

  /** The quantity's own bounds, where it is a parameter. */
  function boundsOf(): Interval {
    const { slot } = held.measures[0]!;
    if (slot === undefined) return [-Infinity, Infinity];
    const { log, lower, upper } = objective.coordinates.free[slot]!;
    return log ? [Math.exp(lower), Math.exp(upper)] : [lower, upper];
  }
}
