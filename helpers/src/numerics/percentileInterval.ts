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
export function percentileInterval(values: readonly number[], level = 0.95): [low: number, high: number] {
  if (values.length === 0) throw new RangeError("an interval needs replicates, got none");
  if (!(level > 0 && level < 1))
    throw new RangeError(`level must lie between 0 and 1, got ${level}; .95 is usual`);
  const sorted = Float64Array.from(values).sort();
  return [quantileOfSorted(sorted, (1 - level) / 2), quantileOfSorted(sorted, (1 + level) / 2)];
}
