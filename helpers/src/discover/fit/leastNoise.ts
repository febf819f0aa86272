import type { DiscoverData } from "./DiscoverData.ts";

/** Residuals below so large a share of the spread of a response are rounding. */
const rounding = 1e-9;

/**
 * The least standard deviation of noise that residuals can tell: of rows that follow a law exactly what is left is rounding,
 * and laws differ in it by chance.
 */
export function leastNoise({ y, weights }: DiscoverData): number {
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
  const square = y.reduce((sum, value, i) => sum + weights[i]! * (value - mean) ** 2, 0);
  return rounding * Math.sqrt(square / y.length);
}
