import { mean } from "./mean.ts";

/** Standard deviation of a sample, with n - 1 below; NaN of fewer than two values. */
export function standardDeviation(values: Float64Array): number {
  const centre = mean(values);
  let total = 0;
  for (const value of values) total += (value - centre) ** 2;
  return Math.sqrt(total / (values.length - 1));
}
