/** y = c0 + c1 u + c2 u² with u = x − centre. */
export interface Parabola {
  readonly centre: number;
  readonly c0: number;
  readonly c1: number;
  readonly c2: number;
}

/**
 * Least-squares parabola through points, by polynomials orthogonal on the points themselves. Centring and
 * orthogonality keep the ~1e-2 curvature of an isoFLOP curve from drowning in ln N ≈ 20, as it does in the
 * normal equations of 1, x, x².
 *
 * @returns undefined when fewer than three distinct x make the parabola undetermined
 */
export function fitParabola(x: readonly number[], y: readonly number[]): Parabola | undefined {
  const n = x.length;
  if (new Set(x).size < 3) return undefined;
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / n;
  const centre = mean(x);
  const u = x.map((value) => value - centre);
  // p0 = 1, p1 = u, p2 = u² − skew u − spread, each orthogonal to the ones before.
  const spread = mean(u.map((v) => v * v));
  const skew = mean(u.map((v) => v * v * v)) / spread;
  const p2 = u.map((v) => v * v - skew * v - spread);
  const yMean = mean(y);
  const k1 = mean(u.map((v, i) => v * (y[i]! - yMean))) / spread;
  const k2 = mean(p2.map((v, i) => v * (y[i]! - yMean))) / mean(p2.map((v) => v * v));
  return { centre, c0: yMean - k2 * spread, c1: k1 - k2 * skew, c2: k2 };
}
