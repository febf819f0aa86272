import { logGammaVariate } from "../../numerics/random/logGammaVariate.ts";
import type { Random } from "../../numerics/random/Random.ts";

/** A draw of the gamma distribution of this shape and mean 1; of shape 1 the exponential one. */
export function gammaVariate(shape: number, random: Random): number {
  if (shape === 1) return -Math.log(1 - random.uniform());
  return Math.exp(logGammaVariate(shape, random)) / shape;
}
