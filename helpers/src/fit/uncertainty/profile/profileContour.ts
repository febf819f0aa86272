import { requireLevel, requireWhole } from "../../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../../numerics/arguments/requireOptions.ts";
import { objectiveOf } from "../../objective/objectiveOf.ts";
import { curvatureAt } from "../curvature.ts";
import { type Estimate, unidentified } from "../Estimate.ts";
import { measureOf } from "../Measure.ts";
import type { Quantity } from "../Quantity.ts";
import { withoutNoise } from "../withoutNoise.ts";
import { ConstrainedMinimum, type Held } from "./ConstrainedMinimum.ts";

/** How sure a contour shall be, and of how many points it is made. */
export interface ProfileContourOptions {
  readonly level?: number;
  /** Points around the estimate. Default 48. */
  readonly points?: number;
}

/** One point of a contour: both quantities, and whether the runs reject what lies beyond it. */
export interface ContourPoint {
  readonly x: number;
  readonly y: number;
  readonly closes: boolean;
}

/** A region of two quantities that the runs do not reject together. Made by `profileContour`. */
export interface ProfileContour {
  readonly estimate: readonly [x: number, y: number];
  readonly level: number;
  /** Around the estimate, in order; the last one is followed by the first. */
  readonly points: readonly ContourPoint[];
  /** Whether all points close; else the contour is open where they do not. */
  readonly closes: boolean;
}

/** A point of the contour is where the root is what is wanted, to this. */
const accuracy = 1e-3;
/** So many standard errors out a direction counts as open. */
const farthest = 100;

/**
 * Joint profile-likelihood region of two parameters, or of any two quantities computed from the parameters: the pairs at
 * which the lowest objective, all else free to follow, is not higher than noise allows. The limit is that of the
 * F-distribution with two degrees, so the region holds both truths together with probability `level`; its shadows on the
 * axes are wider than the intervals of `Fit.profile`.
 *
 * @throws RangeError when the runs do not identify the fit or have no noise, or one of the two is fixed, or the two are the same.
 *
 * @example
 * ```ts
 * import { chinchilla, fit, profileContour } from "isoflop";
 * import { chinchillaFigure4 } from "isoflop-datasets";
 * const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
 * const region = profileContour(fit(chinchilla, runs), "alpha", "beta", { points: 12 });
 * region.closes; // => true
 * ```
 */
export function profileContour<P extends string>(
  estimated: Estimate<string, P, string>,
  x: Quantity<P>,
  y: Quantity<P>,
  options: ProfileContourOptions = {},
): ProfileContour {
  requireOptions("profileContour", options, ["level", "points"]);
  const { level = 0.95, points = 48 } = options;
  requireLevel(level);
  requireWhole("points", points, 4, "48 gives a smooth curve");
  const open = unidentified(estimated);
  if (open) throw new RangeError(`there is no region of what is ${open}`);
  const objective = objectiveOf(estimated);
  const { z, value: lowest } = estimated.minimum;
  const curvature = curvatureAt(objective, z);
  const { dispersion, freedom } = curvature;
  if (freedom < 1) {
    throw new RangeError(
      `a contour needs more runs than parameters, got ${estimated.table.n} runs for ${z.length} parameters`,
    );
  }
  if (withoutNoise(objective, z)) {
    throw new RangeError("the runs lie on the law to rounding: without noise the region is a point");
  }
  const held = new ConstrainedMinimum(objective, z, curvature, (spread) => [
    measureOf(objective, x, spread),
    measureOf(objective, y, spread),
  ]);
  const [ux, uy] = held.units as [number, number];
  const [cx, cy] = held.estimates as [number, number];
  const slopeY = held.measures[1]!.slope(z);
  const correlation = held.drifts[0]!.reduce((sum, entry, k) => sum + entry * slopeY[k]!, 0) / uy;
  const rest = Math.sqrt(1 - correlation ** 2);
  if (!(rest > 1e-6)) throw new RangeError("the two quantities are the same, so there is no region of them");
  // The F-distribution with 2 and f degrees has its quantile in closed form.
  const wanted = Math.sqrt(freedom * ((1 - level) ** (-2 / freedom) - 1));
  const { lower, upper } = objective.coordinates;
  const boundsOf = (t: number): readonly [number, number] => {
    const { slot } = held.measures[t]!;
    if (slot === undefined) return [-Infinity, Infinity];
    const ends = [lower[slot]!, upper[slot]!] as const;
    return held.isLog(t) ? [Math.exp(ends[0]), Math.exp(ends[1])] : ends;
  };
  const [boundsX, boundsY] = [boundsOf(0), boundsOf(1)];

  const ray = (angle: number): ContourPoint => {
    // Where a straight and Gaussian world has circles.
    const [a, b] = [Math.cos(angle), correlation * Math.cos(angle) + rest * Math.sin(angle)];
    // The coordinates move along both drifts so that each quantity moves as it shall.
    const share = [(a - correlation * b) / rest ** 2, (b - correlation * a) / rest ** 2] as const;
    const reach = Math.min(
      a > 0 ? (boundsX[1] - cx) / (a * ux) : a < 0 ? (boundsX[0] - cx) / (a * ux) : Infinity,
      b > 0 ? (boundsY[1] - cy) / (b * uy) : b < 0 ? (boundsY[0] - cy) / (b * uy) : Infinity,
      farthest * wanted,
    );
    let near: { radius: number; held: Held } | undefined;
    const rootAt = (radius: number) => {
      const start = near
        ? z.map((value, k) => value + ((near!.held.z[k]! - value) * radius) / near!.radius)
        : z.map(
            (value, k) => value + radius * (share[0] * held.drifts[0]![k]! + share[1] * held.drifts[1]![k]!),
          );
      const inBox = start.map((value, k) => Math.min(upper[k]!, Math.max(lower[k]!, value)));
      const found = held.lowest([cx + radius * a * ux, cy + radius * b * uy], near ? [inBox, z] : [inBox]);
      if (found.value < Infinity) near = { radius, held: found };
      return Math.sqrt((2 * Math.max(0, found.value - lowest)) / dispersion);
    };
    let [inner, outer] = [0, Math.min(wanted, reach)];
    let [c, d] = [-wanted, rootAt(outer) - wanted];
    while (d < 0 && outer < reach) {
      [inner, c] = [outer, d];
      outer = Math.min(
        reach,
        outer * Math.min(3, Math.max(1.1, (1.05 * wanted) / Math.max(d + wanted, 1e-9))),
      );
      d = rootAt(outer) - wanted;
    }
    const at = (radius: number, closes: boolean) => ({
      x: cx + radius * a * ux,
      y: cy + radius * b * uy,
      closes,
    });
    if (d < 0) return at(outer, false);
    let best = outer;
    for (let k = 0, side = 0; k < 40 && Math.abs(d) > accuracy && outer - inner > 1e-7 * outer; k++) {
      const part = Number.isFinite(d) ? Math.min(0.99, Math.max(0.01, c / (c - d))) : 0.5;
      const next = inner + (outer - inner) * part;
      const miss = rootAt(next) - wanted;
      best = next;
      if (Math.abs(miss) <= accuracy) break;
      if (miss < 0) {
        if (side < 0) d /= 2;
        [inner, c, side] = [next, miss, -1];
      } else {
        if (side > 0) c /= 2;
        [outer, d, side] = [next, miss, 1];
      }
    }
    return at(best, true);
  };
  const around = Array.from({ length: points }, (_, k) => ray((2 * Math.PI * k) / points));
  return Object.freeze({
    estimate: [cx, cy] as const,
    level,
    points: Object.freeze(around),
    closes: around.every(({ closes }) => closes),
  });
}
