import { requireLevel } from "./arguments/requireNumber.ts";
import { quantileOfSorted } from "./quantile.ts";

/**
 * Central interval of a set of bootstrap replicates, by percentiles (type 7).
 *
 * @param values replicates, in any order
 * @param level share inside, default .95
 * @throws RangeError when there are no values or the level is not between 0 and 1
 *
 * @example
 * import { percentileInterval } from "isoflop";
 * percentileInterval([4, 1, 3, 2, 5], 0.5); // => [2, 4]
 */
export function percentileInterval(values: ArrayLike<number>, level = 0.95): [low: number, high: number] {
  requireLevel(level);
  const sorted = Float64Array.from(values).sort();
  if (sorted.length === 0) throw new RangeError("an interval needs replicates, got none; draw some");
  return [quantileOfSorted(sorted, (1 - level) / 2), quantileOfSorted(sorted, (1 + level) / 2)];
}
