import { formatNumber } from "../format/formatNumber.ts";
import { formatPercent } from "../format/formatPercent.ts";
import type { Tolerance } from "./ClaimRecord.ts";

/** Whether ours lies within the tolerance of the published figure, and how far off it is, in words. */
export function judgeClaim(
  published: number,
  reproduced: number,
  tolerance: Tolerance,
): { within: boolean; distance: string } {
  const difference = reproduced - published;
  const allowed = typeof tolerance === "number" ? tolerance * Math.abs(published) : tolerance.absolute;
  // .497 against .495 with {absolute: .002} must pass although the doubles differ by 2.0000000000000018e-3.
  const rounding = 4 * Number.EPSILON * Math.max(Math.abs(published), Math.abs(reproduced));
  return {
    within: Math.abs(difference) <= allowed + rounding,
    distance:
      published === 0
        ? `ours is off by ${formatNumber(difference, 2)}`
        : `ours is ${formatPercent(difference / Math.abs(published), 2, true)} off`,
  };
}
