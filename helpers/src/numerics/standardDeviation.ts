import { mean } from "./mean.ts";

/** Standard deviation of a sample, with n - 1 below; NaN of fewer than two values. */
export function standardDeviation(values: Float64Array): number {
  // The mean of equal values is rounded, and they do not scatter.
  if (values.length > 1 && values.every((value) => value === values[0])) return 0;
  const centre = mean(values);
  let total = 0;
  for (const value of values) total += (value - centre) ** 2;
  return Math.sqrt(total / (values.length - 1));
}
