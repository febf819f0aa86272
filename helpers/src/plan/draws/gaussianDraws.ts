import { choleskyFactor } from "../../numerics/linear/cholesky.ts";
import { chiSquaredOverFreedom } from "../../numerics/random/chiSquaredOverFreedom.ts";
import type { Random } from "../../numerics/random/Random.ts";

/** Where draws lie: a centre, a covariance (q x q, row-major), and the degrees of freedom it was estimated with. */
export interface Spread {
  readonly centre: ArrayLike<number>;
  readonly covariance: Float64Array;
  readonly freedom: number;
  readonly lower: ArrayLike<number>;
  readonly upper: ArrayLike<number>;
}

/**
 * Draws of a multivariate Student's t, held inside bounds: what an estimate with this covariance leaves open. A direction
 * that the covariance does not spread in (a coordinate at its bound) stays where it is.
 *
 * @returns undefined where the covariance is infinite: the runs leave something open altogether
 */
export function gaussianDraws(spread: Spread): ((random: Random) => Float64Array) | undefined {
  const { centre, covariance, freedom, lower, upper } = spread;
  const q = centre.length;
  if (!covariance.every(Number.isFinite)) return undefined;
  const open = Array.from({ length: q }, (_, k) => k).filter((k) => covariance[k * q + k]! > 0);
  const factor = Float64Array.from(open.flatMap((k) => open.map((l) => covariance[k * q + l]!)));
  const m = open.length;
  if (m > 0 && !choleskyFactor(factor, m)) return undefined;
  return (random) => {
    const scale = 1 / Math.sqrt(chiSquaredOverFreedom(random, freedom));
    const normals = Float64Array.from({ length: m }, () => random.normal());
    const z = Float64Array.from(centre);
    for (let a = 0; a < m; a++) {
      let sum = 0;
      for (let b = 0; b <= a; b++) sum += factor[a * m + b]! * normals[b]!;
      const k = open[a]!;
      z[k] = Math.min(Math.max(z[k]! + scale * sum, lower[k]!), upper[k]!);
    }
    return z;
  };
}
