import { exp } from "../../numerics/exp.ts";

/** Below this the closed form loses digits to cancellation. */
const small = 0.5;
/** 1 / (j + 2)!, j = 0 … 11. */
const inverseFactorials = Array.from({ length: 12 }, (_, j) => {
  let product = 1;
  for (let k = 2; k <= j + 2; k++) product *= k;
  return 1 / product;
});

/**
 * A parabola that leans: `u^2` for `skew = 0`, else `2 (e^(s u) - 1 - s u) / s^2`. Its curvature at 0 is that of `u^2`
 * whatever the skew; on the far side it grows exponentially, on the near side in proportion.
 *
 * Source: the "linex" loss of Varian 1975; here a wall on the side of large learning rates.
 *
 * @param out receives the value, its derivative by u and its derivative by the skew
 */
export function linex(u: number, skew: number, out: Float64Array): void {
  const t = skew * u;
  let g = 0;
  let slope = 0;
  let rise = 0;
  if (Math.abs(t) < small) {
    // g(t) = (e^t - 1 - t) / t^2 and its derivative by their series; rise is (e^t - 1) / t.
    for (let j = inverseFactorials.length - 1; j >= 0; j--) g = g * t + inverseFactorials[j]!;
    for (let j = inverseFactorials.length - 1; j >= 1; j--) slope = slope * t + j * inverseFactorials[j]!;
    rise = 1 + t * g;
  } else {
    const grown = exp(t) - 1;
    g = (grown - t) / (t * t);
    slope = (grown - 2 * t * g) / (t * t);
    rise = grown / t;
  }
  out[0] = 2 * u * u * g;
  out[1] = 2 * u * rise;
  out[2] = 2 * u * u * u * slope;
}
