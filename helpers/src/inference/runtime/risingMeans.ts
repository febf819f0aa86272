/**
 * Weighted least squares of values by a sequence that never falls and is never below 0 (pool adjacent violators).
 *
 * Source: Barlow et al. 1972, "Statistical inference under order restrictions"; a bound below is met by cutting the
 * solution at it.
 *
 * @param fitted where the sequence is written
 * @param block where the index of the first value that each is pooled with is written; -1 at the bound 0
 */
export function risingMeans(
  values: Float64Array,
  weights: Float64Array,
  fitted: Float64Array,
  block: Int32Array,
): void {
  const n = values.length;
  const level = new Float64Array(n);
  const mass = new Float64Array(n);
  const start = new Int32Array(n);
  let top = -1;
  for (let k = 0; k < n; k++) {
    top += 1;
    level[top] = values[k]!;
    mass[top] = weights[k]!;
    start[top] = k;
    while (top > 0 && level[top - 1]! > level[top]!) {
      const both = mass[top - 1]! + mass[top]!;
      // A size all of whose rows count nothing says nothing about where it lies.
      if (both > 0) {
        level[top - 1] = (level[top - 1]! * mass[top - 1]! + level[top]! * mass[top]!) / both;
      }
      mass[top - 1] = both;
      top -= 1;
    }
  }
  for (let b = 0, k = 0; b <= top; b++) {
    const end = b === top ? n : start[b + 1]!;
    const isBound = level[b]! < 0;
    for (; k < end; k++) {
      fitted[k] = isBound ? 0 : level[b]!;
      block[k] = isBound ? -1 : start[b]!;
    }
  }
}
