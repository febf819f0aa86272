/** Arithmetic mean; NaN of no values. */
export function mean(values: readonly number[] | Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total / values.length;
}
