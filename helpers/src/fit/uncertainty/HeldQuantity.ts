import { choleskyInverse } from "../../numerics/linear/cholesky.ts";
import { typicalSize } from "../../numerics/typicalSize.ts";
import type { Differentiable } from "../objective/Differentiable.ts";
import type { Objective } from "../objective/Objective.ts";
import { bfgs } from "../search/bfgs.ts";

/** A quantity as a function of the optimiser's coordinates. */
export type Measure = (z: Float64Array) => number;

/**
 * The objective restricted to a value of the quantity: one coordinate (the one that the quantity depends on most) is
 * solved for by Newton's method and the others are searched freely, with the gradient of the implicit function.
 */
export class HeldQuantity implements Differentiable {
  readonly estimate: number;
  readonly standardError: number;
  readonly #objective: Objective;
  readonly #measure: Measure;
  readonly #pivot: number;
  readonly #steps: Float64Array;
  /** How the free minimum moves, to first order, per unit of the quantity. */
  readonly #drift: Float64Array;
  /** Estimate of the inverse Hessian over the coordinates other than the pivot, along the constraint. */
  readonly #inverseHessian: Float64Array;
  readonly #full: Float64Array;
  readonly #fullGradient: Float64Array;
  #target = 0;

  constructor(
    objective: Objective,
    measure: Measure,
    z: Float64Array,
    spread: Float64Array,
    dispersion: number,
  ) {
    const q = z.length;
    this.#objective = objective;
    this.#measure = measure;
    this.#full = z.slice();
    this.#fullGradient = new Float64Array(q);
    this.#steps = Float64Array.from(z, (value, k) => {
      const se = Math.sqrt(spread[k * q + k]!);
      return (Number.isFinite(se) && se > 0 ? 1e-4 * se : 1e-6 * Math.max(1, Math.abs(value))) || 1e-6;
    });
    this.estimate = measure(z);
    const slope = Float64Array.from(z, (_, k) => this.#slope(z, k));
    let variance = 0;
    let pivot = 0;
    this.#drift = new Float64Array(q);
    for (let a = 0; a < q; a++) {
      for (let b = 0; b < q; b++) this.#drift[a]! += slope[b]! * spread[a * q + b]!;
      variance += slope[a]! * this.#drift[a]!;
      if (Math.abs(slope[a]! * this.#steps[a]!) > Math.abs(slope[pivot]! * this.#steps[pivot]!)) pivot = a;
    }
    for (let a = 0; a < q; a++) this.#drift[a] = this.#drift[a]! / variance;
    this.#pivot = pivot;
    this.#inverseHessian = alongConstraint(spread, slope, pivot, dispersion);
    this.standardError = Math.sqrt(variance);
    if (!(this.standardError > 0) || !Number.isFinite(this.standardError)) {
      throw new RangeError(
        "the quantity is on a bound, not identified, or does not depend on the free parameters",
      );
    }
  }

  /** The lowest objective with the quantity at `target`, searched from a full vector z. */
  lowest(target: number, from: Float64Array): { value: number; z: Float64Array } {
    this.#target = target;
    const pivot = this.#pivot;
    const drift = this.#drift;
    const { lower, upper } = this.#objective.coordinates;
    const q = from.length;
    const gap = target - this.#measure(from);
    for (let k = 0; k < q; k++) {
      this.#full[k] = Math.min(upper[k]!, Math.max(lower[k]!, from[k]! + gap * drift[k]!));
    }
    const others = othersThan(pivot, q);
    const pick = (values: Float64Array) => Float64Array.from(others, (k) => values[k]!);
    const { loss } = this.#objective;
    let start: Float64Array = pick(this.#full);
    let value = Infinity;
    try {
      for (const stage of loss.annealing?.(this.#typicalResidual(from)).slice(2) ?? [loss]) {
        this.#objective.loss = stage;
        const minimum = bfgs(this, start, {
          lower: pick(lower),
          upper: pick(upper),
          inverseHessian: this.#inverseHessian,
          tolerance: 1e-11,
          floor: 0,
          maxIterations: 300,
        });
        start = minimum.z;
        value = minimum.value;
      }
      this.#objective.loss = loss;
      if (loss.annealing) value = this.evaluate(start, new Float64Array(q - 1));
    } finally {
      this.#objective.loss = loss;
    }
    return { value, z: this.#insert(start) ? this.#full.slice() : from };
  }

  evaluate(z: Float64Array, gradient: Float64Array): number {
    const pivot = this.#pivot;
    const full = this.#full;
    const fullGradient = this.#fullGradient;
    if (!this.#insert(z)) return Infinity;
    const value = this.#objective.evaluate(full, fullGradient);
    if (!(value < Infinity)) return Infinity;
    const share = fullGradient[pivot]! / this.#slope(full, pivot);
    for (let k = 0, a = 0; k < full.length; k++) {
      if (k !== pivot) gradient[a++] = fullGradient[k]! - share * this.#slope(full, k);
    }
    return value;
  }

  /** Completes z with the pivot at which the quantity has its target; false where there is none in the bounds. */
  #insert(z: Float64Array): boolean {
    const pivot = this.#pivot;
    const full = this.#full;
    const target = this.#target;
    const { lower, upper } = this.#objective.coordinates;
    for (let k = 0, a = 0; k < full.length; k++) if (k !== pivot) full[k] = z[a++]!;
    for (let tries = 0; tries < 60; tries++) {
      const miss = this.#measure(full) - target;
      if (Math.abs(miss) <= 1e-12 * Math.max(Math.abs(target), 1e-300)) break;
      const next = full[pivot]! - miss / this.#slope(full, pivot);
      if (!Number.isFinite(next) || next === full[pivot]) break;
      full[pivot] = next;
    }
    const miss = Math.abs(this.#measure(full) - target);
    return (
      miss <= 1e-7 * this.standardError && full[pivot]! >= lower[pivot]! && full[pivot]! <= upper[pivot]!
    );
  }

  #slope(z: Float64Array, k: number): number {
    const h = this.#steps[k]!;
    const kept = z[k]!;
    z[k] = kept + h;
    const up = this.#measure(z);
    z[k] = kept - h;
    const down = this.#measure(z);
    z[k] = kept;
    return (up - down) / (2 * h);
  }

  #typicalResidual(z: Float64Array): number {
    this.#objective.prepare(z);
    return typicalSize(this.#objective.residual);
  }
}

/**
 * Inverse Hessian over the coordinates other than the pivot when the pivot follows them so that the quantity stays:
 * `(T' H T)^-1` with T the tangent of the constraint and H the Hessian behind the covariance `spread`.
 */
function alongConstraint(
  spread: Float64Array,
  slope: Float64Array,
  pivot: number,
  dispersion: number,
): Float64Array {
  const q = slope.length;
  const others = othersThan(pivot, q);
  const m = q - 1;
  const identity = Float64Array.from({ length: m * m }, (_, at) => (at % (m + 1) === 0 ? 1 : 0));
  const hessian = choleskyInverse(spread, q)?.map((entry) => entry * dispersion);
  if (!hessian) return identity;
  const share = others.map((k) => -slope[k]! / slope[pivot]!);
  const reduced = Float64Array.from({ length: m * m }, (_, at) => {
    const [a, b] = [Math.floor(at / m), at % m];
    const [k, l] = [others[a]!, others[b]!];
    return (
      hessian[k * q + l]! +
      hessian[k * q + pivot]! * share[b]! +
      share[a]! * hessian[pivot * q + l]! +
      share[a]! * share[b]! * hessian[pivot * q + pivot]!
    );
  });
  return choleskyInverse(reduced, m) ?? identity;
}

const othersThan = (pivot: number, q: number) =>
  Array.from({ length: q }, (_, k) => k).filter((k) => k !== pivot);
