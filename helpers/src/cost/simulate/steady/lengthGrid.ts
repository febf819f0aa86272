import { normalQuantile } from "../../../numerics/distributions/normal.ts";
import { type Length, rangeOf } from "../Length.ts";

const points = 16;

/** Lengths that stand for a distribution: the middles of equally likely parts of it. */
export function lengthGrid(length: Length): number[] {
  if (typeof length === "number") return [length];
  const shares = Array.from({ length: points }, (_, i) => (i + 0.5) / points);
  if ("tokens" in length) {
    const [low, high] = rangeOf(length);
    return shares.map((share) => low - 0.5 + share * (high - low + 1));
  }
  const { mean, sigma, most = Infinity } = length;
  return shares.map((share) => {
    const drawn = mean * Math.exp(sigma * normalQuantile(share) - (sigma * sigma) / 2);
    return Math.min(most, Math.max(1, drawn));
  });
}
