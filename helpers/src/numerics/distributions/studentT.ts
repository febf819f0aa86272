import { incompleteBeta } from "./incompleteBeta.ts";
import { logGammaRise } from "./logGamma.ts";
import { normalQuantile } from "./normal.ts";

/** Distribution function of Student's t with any positive degrees of freedom. */
export function studentTCdf(t: number, freedom: number): number {
  const tail = upperTail(Math.abs(t), freedom);
  return t > 0 ? 1 - tail : tail;
}

/**
 * Inverse of `studentTCdf`; the normal quantile for infinite degrees of freedom.
 *
 * Newton's method on the logarithm of a probability by the logarithm of t, where both tails are nearly straight: of
 * the probability beyond t, or near the median of the one between 0 and t, so that either keeps its digits. Both
 * curves bend one way, so that the iteration comes to the root from one side; four probabilities are usual.
 */
export function studentTQuantile(share: number, freedom: number): number {
  if (freedom === Infinity) return normalQuantile(share);
  if (share === 0.5) return 0;
  return share < 0.5 ? -upperQuantile(share, freedom) : upperQuantile(1 - share, freedom);
}

/** The t > 0 that is exceeded with probability `tail`. */
function upperQuantile(tail: number, freedom: number): number {
  if (!(tail > 0)) return tail === 0 ? Infinity : Number.NaN;
  const inner = 0.5 - tail < 0.25;
  const goal = inner ? 0.5 - tail : tail;
  let logT = Math.log(inner ? goal / density(0, freedom) : startInTail(tail, freedom));
  let [low, high] = [-Infinity, Infinity];
  for (let k = 0; k < 60; k++) {
    const t = Math.exp(logT);
    // Beyond this the power law of the start is exact, and t² soon too large a number.
    if (t > 1e100) break;
    const probability = inner ? innerPart(t, freedom) : upperTail(t, freedom);
    const excess = Math.log(probability / goal) * (inner ? 1 : -1);
    if (excess < 0) low = logT;
    else high = logT;
    let next = logT - (excess * probability) / (t * density(t, freedom));
    // Outside what is known (or nowhere, where a probability underflows): halve it.
    if (!(next >= low && next <= high)) {
      next = Number.isFinite(low + high) ? (low + high) / 2 : logT - Math.sign(excess);
    }
    const step = Math.abs(next - logT);
    logT = next;
    // What is left after a Newton step is its square.
    if (!(step > 1e-9)) break;
  }
  return Math.exp(logT);
}

/**
 * Where the search for a far quantile starts: the tail's power law with few degrees of freedom, else the expansion
 * around the normal quantile (Abramowitz and Stegun 26.7.5).
 */
function startInTail(tail: number, freedom: number): number {
  const z = -normalQuantile(tail);
  const w = z * z;
  if (freedom < 3 || !(w + 1 <= 0.5 * freedom)) {
    const logFactor = logGammaRise(freedom / 2, 0.5) - 0.5 * Math.log(Math.PI);
    return Math.exp((logFactor + (freedom / 2 - 1) * Math.log(freedom) - Math.log(tail)) / freedom);
  }
  const first = (w + 1) / 4;
  const second = ((5 * w + 16) * w + 3) / 96;
  const third = (((3 * w + 19) * w + 17) * w - 15) / 384;
  return z * (1 + (first + (second + third / freedom) / freedom) / freedom);
}

/** Probability beyond t >= 0. */
function upperTail(t: number, freedom: number): number {
  const ratio = (t * t) / freedom;
  return 0.5 * incompleteBeta(1 / (1 + ratio), 1 / (1 + 1 / ratio), freedom / 2, 0.5);
}

/** Probability between 0 and t >= 0. */
function innerPart(t: number, freedom: number): number {
  const ratio = (t * t) / freedom;
  return 0.5 * incompleteBeta(1 / (1 + 1 / ratio), 1 / (1 + ratio), 0.5, freedom / 2);
}

function density(t: number, freedom: number): number {
  const log = logGammaRise(freedom / 2, 0.5) - ((freedom + 1) / 2) * Math.log1p((t * t) / freedom);
  return Math.exp(log) / Math.sqrt(freedom * Math.PI);
}
