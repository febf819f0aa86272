import type { Differentiable } from "../objective/Differentiable.ts";

const decrease = 1e-4;
const curvature = 0.9;

/**
 * Line search for the strong Wolfe conditions with cubic interpolation, reusable without allocation.
 *
 * Source: Nocedal and Wright, Numerical Optimization (2nd ed. 2006), algorithms 3.5 and 3.6.
 */
export class StrongWolfe {
  /** The step found, and the function there. */
  length = 0;
  value = 0;
  readonly gradient: Float64Array;

  readonly #f: Differentiable;
  readonly #trial: Float64Array;
  #slope = 0;

  constructor(f: Differentiable, size: number) {
    this.#f = f;
    this.gradient = new Float64Array(size);
    this.#trial = new Float64Array(size);
  }

  /** Searches along `direction` from z for a step up to `longest`; false when no step lowers the value. */
  run(z: Float64Array, value: number, direction: Float64Array, slope: number, longest: number): boolean {
    let low = 0;
    let lowValue = value;
    let lowSlope = slope;
    let high = 0;
    let highValue = 0;
    let highSlope = 0;
    let bracketed = false;
    let length = Math.min(1, longest);
    for (let trials = 0; trials < 40; trials++) {
      this.#at(z, direction, length);
      if (!(this.value <= value + decrease * length * slope) || (this.value >= lowValue && low > 0)) {
        high = length;
        highValue = this.value;
        highSlope = this.#slope;
        bracketed = true;
      } else if (Math.abs(this.#slope) <= -curvature * slope) {
        return true;
      } else if (this.#slope * (bracketed ? high - low : 1) >= 0) {
        high = low;
        highValue = lowValue;
        highSlope = lowSlope;
        bracketed = true;
        low = length;
        lowValue = this.value;
        lowSlope = this.#slope;
      } else {
        low = length;
        lowValue = this.value;
        lowSlope = this.#slope;
        if (!bracketed) {
          if (length >= longest) return true;
          length = Math.min(4 * length, longest);
          continue;
        }
      }
      const width = high - low;
      if (Math.abs(width) <= 1e-14 * Math.max(Math.abs(high), Math.abs(low))) break;
      length = low + width * interpolate(lowValue, lowSlope * width, highValue, highSlope * width);
    }
    // No Wolfe point, but a lower one is still progress.
    if (low > 0 && lowValue < value) {
      this.#at(z, direction, low);
      return true;
    }
    return false;
  }

  #at(z: Float64Array, direction: Float64Array, length: number): void {
    const { gradient } = this;
    const trial = this.#trial;
    for (let i = 0; i < trial.length; i++) trial[i] = z[i]! + length * direction[i]!;
    this.length = length;
    this.value = this.#f.evaluate(trial, gradient);
    this.#slope = 0;
    for (let i = 0; i < trial.length; i++) this.#slope += gradient[i]! * direction[i]!;
  }
}

/** Where, as a share of the interval, the cubic through two values and slopes is lowest; kept off the ends. */
function interpolate(f0: number, g0: number, f1: number, g1: number): number {
  if (!(f1 < Infinity) || !Number.isFinite(g1)) return 0.1;
  const d1 = g0 + g1 - 3 * (f1 - f0);
  const square = d1 * d1 - g0 * g1;
  if (square < 0) return 0.5;
  const d2 = Math.sqrt(square);
  const t = 1 - (g1 + d2 - d1) / (g1 - g0 + 2 * d2);
  return t > 0.05 && t < 0.95 ? t : t >= 0.95 ? 0.95 : t <= 0.05 ? 0.05 : 0.5;
}
