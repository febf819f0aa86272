import { incompleteBeta } from "./incompleteBeta.ts";

/**
 * The probability that a ratio of mean squares is above x: P(F > x) = I(df2 / (df2 + df1 x); df2 / 2, df1 / 2).
 *
 * Source: Abramowitz and Stegun 26.6.2.
 *
 * @param x >= 0; Infinity has probability 0
 */
export function fisherTail(x: number, df1: number, df2: number): number {
  if (x === Infinity) return 0;
  const total = df2 + df1 * x;
  return incompleteBeta(df2 / total, (df1 * x) / total, df2 / 2, df1 / 2);
}
