import type { Loss } from "../fit/losses/Loss.ts";
import { findRoot } from "../numerics/findRoot.ts";
import { lossNormaliser } from "./lossNormaliser.ts";

/** The likelihood of residuals under the noise that a loss stands for. */
export interface ResidualLikelihood {
  readonly logLikelihood: number;
  /** The noise's scale σ that makes it largest; ρ is taken of r / σ. */
  readonly scale: number;
}

/**
 * max over σ of Σ w [−ρ(r/σ) − ln σ − ln Z].
 *
 * At the maximum the mean of z ρ'(z), z = r/σ, is 1; that mean grows with 1/σ for every convex loss, so there is one
 * root in ln σ.
 */
export function residualLikelihood(residuals: Float64Array, w: Float64Array, loss: Loss): ResidualLikelihood {
  const n = residuals.length;
  let weight = 0;
  let largest = 0;
  for (let i = 0; i < n; i++) {
    weight += w[i]!;
    largest = Math.max(largest, Math.abs(residuals[i]!));
  }
  if (largest === 0) return { logLikelihood: Number.POSITIVE_INFINITY, scale: 0 };
  const pull = pullOf(residuals, w, loss);
  const lack = (logScale: number) => weight - pull(Math.exp(logScale));
  const widest = [Math.log(largest) - 40, Math.log(largest) + 10] as const;
  const logScale =
    n > rowsForBisection
      ? nearRoot(lack, 1e-12 * weight, thinnedScale(residuals, w, loss), widest)
      : findRoot(lack, ...widest);
  const scale = Math.exp(logScale);
  const scaled = new Float64Array(n);
  divide(residuals, scale, scaled);
  const charge = loss.sum(scaled, w, n, new Float64Array(n));
  return { logLikelihood: -charge - weight * (logScale + lossNormaliser(loss)), scale };
}

/** So many rows stay in a processor's cache while they are worked on. */
const rowsOfPart = 4096;

/** Makes the function Σ w z ρ'(z), z = r/σ, of σ: rows in their order, a part at a time. */
function pullOf(residuals: Float64Array, w: Float64Array, loss: Loss): (scale: number) => number {
  const scaled = new Float64Array(rowsOfPart);
  const influence = new Float64Array(rowsOfPart);
  const parts = Array.from({ length: Math.ceil(residuals.length / rowsOfPart) }, (_, k) => {
    const ends = [k * rowsOfPart, (k + 1) * rowsOfPart] as const;
    return [residuals.subarray(...ends), w.subarray(...ends)] as const;
  });
  return (scale) => {
    let total = 0;
    for (const [own, weights] of parts) {
      divide(own, scale, scaled);
      loss.sum(scaled, weights, own.length, influence);
      total = addProducts(scaled, influence, own.length, total);
    }
    return total;
  };
}

function divide(values: Float64Array, by: number, out: Float64Array): void {
  for (let i = 0; i < values.length; i++) out[i] = values[i]! / by;
}

function addProducts(a: Float64Array, b: Float64Array, n: number, before: number): number {
  let total = before;
  for (let i = 0; i < n; i++) total += a[i]! * b[i]!;
  return total;
}

/** Bisection asks for the sum over all rows fifty times, which a million of them feel. */
const rowsForBisection = 20_000;

/** The logarithm of the scale by every so many rows: near that of them all. */
function thinnedScale(residuals: Float64Array, w: Float64Array, loss: Loss): number {
  const every = Math.ceil((2 * residuals.length) / rowsForBisection);
  const isKept = (_: number, i: number) => i % every === 0;
  const { scale } = residualLikelihood(residuals.filter(isKept), w.filter(isKept), loss);
  return Math.log(scale);
}

/** The root of a rising function near a guess: false position between two points that hold it. */
function nearRoot(
  f: (x: number) => number,
  enough: number,
  guess: number,
  [lowest, highest]: readonly [number, number],
): number {
  let [low, high] = [guess - 0.02, guess + 0.02];
  let [atLow, atHigh] = [f(low), f(high)];
  while (atLow >= 0 && low > lowest) {
    [high, atHigh] = [low, atLow];
    low = Math.max(lowest, low - 0.5);
    atLow = f(low);
  }
  while (atHigh < 0 && high < highest) {
    [low, atLow] = [high, atHigh];
    high = Math.min(highest, high + 0.5);
    atHigh = f(high);
  }
  // No guess, as where the rows that were kept fit exactly: NaN holds nothing.
  if (!(atLow < 0 && atHigh >= 0)) return findRoot(f, lowest, highest);
  for (let k = 0, side = 0; k < 100 && high - low > 1e-12; k++) {
    const between = low - (atLow * (high - low)) / (atHigh - atLow);
    const middle = low < between && between < high ? between : (low + high) / 2;
    const value = f(middle);
    if (Math.abs(value) <= enough) return middle;
    // An end that stays twice is taken for half as far off, so that it moves, too (the Illinois method).
    if (value < 0) {
      [low, atLow] = [middle, value];
      if (side < 0) atHigh /= 2;
      side = -1;
    } else {
      [high, atHigh] = [middle, value];
      if (side > 0) atLow /= 2;
      side = 1;
    }
  }
  return (low + high) / 2;
}
