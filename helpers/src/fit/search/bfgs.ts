import type { Differentiable } from "../objective/Differentiable.ts";
import { StrongWolfe } from "./StrongWolfe.ts";

/** Where a search ended: the free parameters as it moved them, the objective and its slope there, and how it got there. */
export interface Minimum {
  readonly z: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  /** The optimiser's estimate of the inverse Hessian, row-major: a warm start for a problem close by. */
  readonly inverseHessian: Float64Array;
  readonly iterations: number;
  /** Whether no further descent was found at the precision asked for. */
  readonly converged: boolean;
}

export interface BfgsOptions {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Estimate of the inverse Hessian at the start, row-major. */
  readonly inverseHessian: Float64Array;
  /** Value and gradient at the start, where they are known. */
  readonly known?: { readonly value: number; readonly gradient: Float64Array } | undefined;
  /** Stop when the decrease still expected is below this share of the value. */
  readonly tolerance: number;
  /** A value that counts as zero. */
  readonly floor: number;
  readonly maxIterations: number;
}

/**
 * Minimises a smooth function inside a box by BFGS with a dense inverse Hessian and a strong Wolfe search.
 *
 * Coordinates that sit on a bound and are pushed outwards are held; the inverse Hessian is reduced to the others
 * exactly (Schur complement). The method is invariant under affine changes of coordinates as long as the first
 * inverse Hessian is, so nothing needs scaling or centring by hand.
 */
export function bfgs(f: Differentiable, start: Float64Array, options: BfgsOptions): Minimum {
  const { lower, upper, known, tolerance, floor, maxIterations } = options;
  const q = start.length;
  const z = start.slice();
  const gradient = known?.gradient ?? new Float64Array(q);
  let value = known?.value ?? f.evaluate(z, gradient);
  const h = options.inverseHessian.slice();
  const direction = new Float64Array(q);
  const step = new Float64Array(q);
  const change = new Float64Array(q);
  const hy = new Float64Array(q);
  const held = new Uint8Array(q);
  const search = new StrongWolfe(f, q);
  let converged = !(value < Infinity) ? false : q === 0;
  let restarted = false;
  let iterations = 0;

  while (!converged && value < Infinity && iterations < maxIterations) {
    for (let i = 0; i < q; i++) {
      const outward = (z[i]! <= lower[i]! && gradient[i]! >= 0) || (z[i]! >= upper[i]! && gradient[i]! <= 0);
      if (outward && !held[i]) hold(h, q, i);
      if (!outward && held[i]) h[i * q + i] = options.inverseHessian[i * q + i]!;
      held[i] = outward ? 1 : 0;
    }
    let slope = 0;
    for (let i = 0; i < q; i++) {
      let sum = 0;
      for (let j = 0; j < q; j++) sum -= h[i * q + j]! * gradient[j]!;
      direction[i] = held[i] ? 0 : sum;
      slope += direction[i]! * gradient[i]!;
      if ((z[i]! <= lower[i]! && direction[i]! < 0) || (z[i]! >= upper[i]! && direction[i]! > 0)) {
        // On a bound, sent outwards by the others although its own slope points inwards: take it by itself.
        hold(h, q, i);
        h[i * q + i] = options.inverseHessian[i * q + i]!;
        slope = 0;
        i = -1;
      }
    }
    if (-slope <= tolerance * Math.abs(value) || -slope <= floor) {
      converged = true;
      break;
    }
    let longest = Infinity;
    for (let i = 0; i < q; i++) {
      if (direction[i]! < 0) longest = Math.min(longest, (lower[i]! - z[i]!) / direction[i]!);
      else if (direction[i]! > 0) longest = Math.min(longest, (upper[i]! - z[i]!) / direction[i]!);
    }
    iterations++;
    if (!(slope < 0) || longest <= 0 || !search.run(z, value, direction, slope, longest)) {
      // The estimate of the curvature has gone stale, or the last digits are used up: try once from a fresh one.
      if (restarted) {
        converged = -slope <= 1e-6 * Math.abs(value);
        break;
      }
      restarted = true;
      h.set(options.inverseHessian);
      held.fill(0);
      continue;
    }
    let sy = 0;
    for (let i = 0; i < q; i++) {
      const next = Math.min(upper[i]!, Math.max(lower[i]!, z[i]! + search.length * direction[i]!));
      step[i] = next - z[i]!;
      change[i] = search.gradient[i]! - gradient[i]!;
      sy += step[i]! * (held[i] ? 0 : change[i]!);
      z[i] = next;
    }
    if (value - search.value > 1e-9 * Math.abs(value)) restarted = false;
    value = search.value;
    gradient.set(search.gradient);
    if (sy > 0) update(h, q, step, change, held, sy, hy);
  }
  return { z, value, gradient, inverseHessian: h, iterations, converged };
}

/** Takes coordinate k out of the inverse Hessian. */
function hold(h: Float64Array, q: number, k: number): void {
  const pivot = h[k * q + k]!;
  for (let i = 0; i < q; i++) {
    if (i === k) continue;
    const share = h[i * q + k]! / pivot;
    for (let j = 0; j < q; j++) if (j !== k) h[i * q + j]! -= share * h[k * q + j]!;
  }
  for (let i = 0; i < q; i++) {
    h[i * q + k] = 0;
    h[k * q + i] = 0;
  }
}

/** The BFGS update of the inverse Hessian over the coordinates that are not held. */
function update(
  h: Float64Array,
  q: number,
  s: Float64Array,
  y: Float64Array,
  held: Uint8Array,
  sy: number,
  hy: Float64Array,
): void {
  let yhy = 0;
  for (let i = 0; i < q; i++) {
    let sum = 0;
    for (let j = 0; j < q; j++) if (!held[j]) sum += h[i * q + j]! * y[j]!;
    hy[i] = held[i] ? 0 : sum;
    yhy += hy[i]! * y[i]!;
  }
  const scale = (1 + yhy / sy) / sy;
  for (let i = 0; i < q; i++) {
    if (held[i]) continue;
    for (let j = 0; j < q; j++) {
      if (held[j]) continue;
      h[i * q + j] = h[i * q + j]! + scale * s[i]! * s[j]! - (hy[i]! * s[j]! + s[i]! * hy[j]!) / sy;
    }
  }
}
