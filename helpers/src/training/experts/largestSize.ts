/**
 * The largest n with `cubic n³ + square n² <= most`, by Newton's method from above, where it falls steadily. Infinity where
 * there is no limit.
 */
export function largestSize(cubic: number, square: number, most: number): number {
  if (most === Infinity) return Infinity;
  let n = Math.cbrt(most / cubic);
  for (let round = 0; round < 60; round++) {
    const step = ((cubic * n + square) * n * n - most) / ((3 * cubic * n + 2 * square) * n);
    if (!(step > 1e-14 * n)) return n;
    n -= step;
  }
  return n;
}
