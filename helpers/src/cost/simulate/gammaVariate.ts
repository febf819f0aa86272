import type { Random } from "../../numerics/random/Random.ts";

/** A draw of the gamma distribution of this shape and mean 1 (Marsaglia and Tsang 2000; below shape 1 by a power of a uniform draw). */
export function gammaVariate(shape: number, random: Random): number {
  if (shape === 1) return -Math.log(1 - random.uniform());
  const boosted = shape < 1 ? shape + 1 : shape;
  const d = boosted - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.normal();
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    const u = 1 - random.uniform();
    if (Math.log(u) >= (x * x) / 2 + d - d * v + d * Math.log(v)) continue;
    const boost = shape < 1 ? (1 - random.uniform()) ** (1 / shape) : 1;
    return (d * v * boost) / shape;
  }
}
