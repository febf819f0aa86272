import { medianAbsoluteDeviation } from "simple-statistics";

/** 1.4826 × median |r − median r|: the standard deviation of Gaussian noise, untouched by outliers. */
export function robustSpread(values: Float64Array): number {
  return 1.4826022185056018 * medianAbsoluteDeviation(values as unknown as number[]);
}
