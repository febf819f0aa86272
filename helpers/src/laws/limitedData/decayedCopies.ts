import { exp } from "../../numerics/exp.ts";

/** Below this share of R* the closed forms lose digits that their series keep. */
const smallShare = 1e-3;

/**
 * What `1 + repeats` copies are worth in first copies when repeats decay: `1 + R* (1 - e^(-repeats / R*))`.
 *
 * Written as `1 + repeats (1 - e^-u) / u` with u = repeats / R*, so that R* = Infinity gives `1 + repeats` exactly.
 */
export function decayedCopies(repeats: number, rStar: number): number {
  if (repeats === 0) return 1;
  const u = repeats / rStar;
  return 1 + repeats * (u < smallShare ? 1 - u * (1 / 2 - u * (1 / 6 - u / 24)) : (1 - exp(-u)) / u);
}

/** Derivative of `decayedCopies` by R*: `1 - (1 + u) e^-u`. */
export function copiesByRStar(repeats: number, rStar: number): number {
  const u = repeats / rStar;
  if (u < smallShare) return u * u * (1 / 2 - u * (1 / 3 - u / 8));
  return u > 700 ? 1 : 1 - (1 + u) * exp(-u);
}
