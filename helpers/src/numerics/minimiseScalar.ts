/**
 * Abscissa of the least value of f between low and high: a scan of 400 steps finds the valley, golden
 * section narrows it. The abscissa is good to about 1e-8 of the interval, as values alone allow.
 */
export function minimiseScalar(f: (x: number) => number, low: number, high: number): number {
  const steps = 400;
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
  let a = low + Math.max(0, best - 1) * width;
  let b = low + Math.min(steps, best + 1) * width;
  const golden = (Math.sqrt(5) - 1) / 2;
  while (b - a > 1e-10 * Math.max(1, Math.abs(a))) {
    const c = b - golden * (b - a);
    const d = a + golden * (b - a);
    if (f(c) < f(d)) b = d;
    else a = c;
  }
  return (a + b) / 2;
}
