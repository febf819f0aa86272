import { requirePositive } from "../numerics/arguments/requireNumber.ts";

/** FLOPs of a petaflop-day: 1e15 a second for a day. */
export const flopsPerPfDay = 8.64e19;

/**
 * Compute in petaflop-days, the unit of Kaplan et al. 2020 and Henighan et al. 2020: C / 8.64e19.
 *
 * @throws RangeError when flops is not > 0
 *
 * @example
 * import { pfDays } from "isoflop";
 * pfDays(8.64e23); // => 10000
 */
export function pfDays(flops: number): number {
  return requirePositive("flops", flops, "give a budget, such as 1e21") / flopsPerPfDay;
}
