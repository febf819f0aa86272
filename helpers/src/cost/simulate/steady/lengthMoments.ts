import { type Length, rangeOf } from "../Length.ts";

/** Mean and mean square of a length, before rounding and without its limit. */
export function lengthMoments(length: Length): { readonly mean: number; readonly square: number } {
  if (typeof length === "number") return { mean: length, square: length * length };
  if ("tokens" in length) {
    const [low, high] = rangeOf(length);
    const mean = (low + high) / 2;
    const span = high - low + 1;
    return { mean, square: mean * mean + (span * span - 1) / 12 };
  }
  return { mean: length.mean, square: length.mean ** 2 * Math.exp(length.sigma ** 2) };
}
