import { goldenSection } from "./minimiseScalar.ts";

/**
 * Abscissa of the least value of a function with one wide valley between `low` and `high`, for callers who ask a thousand
 * times: a scan of a few steps, and golden section to a width, some 40 values in place of the 400 of `minimiseScalar`.
 *
 * @param rough how many steps scan, and the width (relative beyond 1) to which golden section narrows
 * @returns `low` or `high` itself where the function is least there
 */
export function minimiseValley(
  f: (x: number) => number,
  low: number,
  high: number,
  rough: { readonly steps: number; readonly within: number },
): number {
  const width = (high - low) / rough.steps;
  let best = 0;
  let lowest = Infinity;
  for (let i = 0; i <= rough.steps; i++) {
    const value = f(low + i * width);
    if (value < lowest) {
      lowest = value;
      best = i;
    }
  }
  if (best === 0) return low;
  if (best === rough.steps) return high;
  return goldenSection(f, low + (best - 1) * width, low + (best + 1) * width, rough.within);
}
