import type { Random } from "./Random.ts";

/** The logarithm of a draw of the gamma distribution of this shape and scale 1 (Marsaglia and Tsang 2000). */
export function logGammaVariate(alpha: number, random: Random): number {
  if (alpha < 1) return logGammaVariate(alpha + 1, random) + Math.log(1 - random.uniform()) / alpha;
  const d = alpha - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const normal = random.normal();
    const v = (1 + c * normal) ** 3;
    if (v <= 0) continue;
    const u = 1 - random.uniform();
    if (Math.log(u) < (normal * normal) / 2 + d - d * v + d * Math.log(v)) return Math.log(d) + Math.log(v);
  }
}
