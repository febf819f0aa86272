/** Quantile of sorted values, interpolating between order statistics (type 7, as numpy's and R's default). */
export function quantileOfSorted(sorted: Float64Array, share: number): number {
  const position = Math.min(1, Math.max(0, share)) * (sorted.length - 1);
  const low = Math.floor(position);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low]! + (position - low) * (sorted[high]! - sorted[low]!);
}
