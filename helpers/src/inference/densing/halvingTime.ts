import { requirePositive } from "../../numerics/arguments/requireNumber.ts";

/**
 * Time in which a falling price halves: elapsed / log₂(before / after), in the unit of `elapsed`.
 *
 * Source: Xiao et al. 2024, section 3.4.
 *
 * @throws RangeError unless all are positive and before > after
 * @example
 * import { halvingTime } from "isoflop";
 * halvingTime({ before: 8, after: 1, elapsed: 6 }); // => 2
 */
export function halvingTime(fall: {
  readonly before: number;
  readonly after: number;
  readonly elapsed: number;
}): number {
  requirePositive("before", fall.before, "give a price or a size");
  requirePositive("after", fall.after, "give a price or a size");
  requirePositive("elapsed", fall.elapsed, "give a time, such as 365");
  if (fall.before <= fall.after) {
    throw new RangeError(`before must exceed after, got ${fall.before} and ${fall.after}; nothing halves`);
  }
  return fall.elapsed / Math.log2(fall.before / fall.after);
}

/**
 * Doubling time of a product of two exponentials, 1/T = 1/T₁ + 1/T₂: densities that double while chips
 * double, too. All in one unit.
 *
 * Source: Xiao et al. 2024, section 3.4.
 *
 * @throws RangeError unless both are positive
 * @example
 * import { combineDoublingTimes } from "isoflop";
 * combineDoublingTimes(100, 100); // => 50
 */
export function combineDoublingTimes(first: number, second: number): number {
  requirePositive("first", first, "give a time, such as 100");
  requirePositive("second", second, "give a time, such as 100");
  return 1 / (1 / first + 1 / second);
}
