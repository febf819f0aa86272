import { firstPartOfStep } from "../stepParts.ts";

/**
 * Logarithm of the seconds of a step, and the share of each part in it: Σ constant · ideal seconds, with what happens in
 * the pipeline lengthened by its bubble.
 */
export function logTime(
  ideal: ArrayLike<number>,
  bubble: number,
  constants: ArrayLike<number>,
  shares: Float64Array,
): number {
  let seconds = 0;
  for (let k = 0; k < shares.length; k++) {
    const part = ideal[k]! * constants[k]! * (k < firstPartOfStep ? 1 + bubble : 1);
    shares[k] = part;
    seconds += part;
  }
  for (let k = 0; k < shares.length; k++) shares[k]! /= seconds;
  return Math.log(seconds);
}
