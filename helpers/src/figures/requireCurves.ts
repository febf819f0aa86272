import { requirePositive } from "../numerics/arguments/requireNumber.ts";
import { requireRows } from "../numerics/arguments/requireRows.ts";

/**
 * Throws where there is nothing to draw: no curve, one without a name or without points. A figure of nothing would look
 * like one whose values lie outside of it.
 */
export function requireCurves(
  of: string,
  curves: readonly { name: string; points: readonly unknown[] }[],
): void {
  requireRows(of, curves);
  if (curves.length === 0)
    throw new RangeError(`${of} needs one curve or more, got none; give { name, points }`);
  curves.forEach((curve, i) => {
    if (typeof curve?.name !== "string" || curve.name.trim() === "") {
      throw new TypeError(
        `curve ${i} needs a name, which the legend shows, got ${curve?.name}; give { name, points }`,
      );
    }
    requireRows(`curve "${curve.name}"`, curve.points);
    if (curve.points.length === 0)
      throw new RangeError(`curve "${curve.name}" has no points; give those of loadCurve, or leave it out`);
  });
}

/** Throws on measured points that axes of logarithms cannot show, so that none is left out in silence. */
export function requireMeasured(measured: readonly { concurrency: number; value: number }[]): void {
  requireRows("measured", measured);
  measured.forEach((point, i) => {
    for (const field of ["concurrency", "value"] as const)
      requirePositive(`${field} of measured point ${i}`, point?.[field], "axes are logarithms; leave it out");
  });
}
