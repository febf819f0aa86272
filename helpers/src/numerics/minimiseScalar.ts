import { findRoot } from "./findRoot.ts";

/**
 * Abscissa of the least value of a function between `low` and `high`, without a derivative: a scan of 200 steps finds
 * the valley, golden section narrows it, and the root of a numeric derivative ends the search, because a minimum read
 * off its values alone is only known to the square root of their rounding. For a function that is smooth on the scale
 * of 1, such as a loss over ln N, that gives the abscissa to about 1e-10; where the derivative misleads (a corner, a
 * wall), golden section's 1e-8 stands.
 *
 * @returns `low` or `high` itself where the function is least there
 */
export function minimiseScalar(f: (x: number) => number, low: number, high: number): number {
  const steps = 200;
  const width = (high - low) / steps;
  let best = 0;
  let lowest = Infinity;
  for (let i = 0; i <= steps; i++) {
    const value = f(low + i * width);
    if (value < lowest) {
      lowest = value;
      best = i;
    }
  }
  if (best === 0) return low;
  if (best === steps) return high;
  const middle = goldenSection(f, low + (best - 1) * width, low + (best + 1) * width);
  const [a, b] = [middle - 1e-4, middle + 1e-4];
  if (!(slope(f, a) < 0 && slope(f, b) > 0)) return middle;
  const root = findRoot((x) => slope(f, x), a, b);
  const least = f(middle);
  return f(root) - least <= 1e-14 * Math.abs(least) ? root : middle;
}

const golden = (Math.sqrt(5) - 1) / 2;

/** Middle of the interval of `within` (relative beyond 1) to which golden section narrows the one around a minimum. */
export function goldenSection(f: (x: number) => number, low: number, high: number, within = 1e-9): number {
  let a = low;
  let b = high;
  let c = b - golden * (b - a);
  let d = a + golden * (b - a);
  let fc = f(c);
  let fd = f(d);
  while (b - a > within * Math.max(1, Math.abs(a))) {
    if (fc < fd) {
      b = d;
      d = c;
      fd = fc;
      c = b - golden * (b - a);
      fc = f(c);
    } else {
      a = c;
      c = d;
      fc = fd;
      d = a + golden * (b - a);
      fd = f(d);
    }
  }
  return (a + b) / 2;
}

/** The derivative times 12 h, by five points: with this step truncation (h⁴) and rounding (1/h) both stay small. */
function slope(f: (x: number) => number, x: number, h = 0.003): number {
  return 8 * (f(x + h) - f(x - h)) - (f(x + 2 * h) - f(x - 2 * h));
}
