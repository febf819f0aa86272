import { median } from "./median.ts";

/** 1.4826 × median |r − median r|: the standard deviation of Gaussian noise, untouched by outliers. */
export function robustSpread(values: Float64Array): number {
  const centre = median(values);
  const deviations = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) deviations[i] = Math.abs(values[i]! - centre);
  return 1.4826022185056018 * median(deviations);
}
