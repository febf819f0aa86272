import { quantileSorted } from "simple-statistics";

/** Quantile of sorted values, interpolating between order statistics (type 7, as numpy's and R's default). */
export function quantileOfSorted(sorted: Float64Array, share: number): number {
  if (sorted.length === 0) return Number.NaN;
  // The library reads typed arrays as well as it does the plain ones that its types ask for.
  return quantileSorted(sorted as unknown as number[], Math.min(1, Math.max(0, share)));
}
