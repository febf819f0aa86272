import type { Columns, Law } from "../../laws/definition/Law.ts";
import { exp } from "../../numerics/exp.ts";
import { logRatio } from "../../numerics/logRatio.ts";
import type { Loss } from "../losses/Loss.ts";
import type { Coordinates } from "./Coordinates.ts";
import type { Differentiable } from "./Differentiable.ts";

/**
 * `sum_i w_i rho(r_i)` as a function of the optimiser's coordinates, with its gradient.
 *
 * One call is three plain loops over typed arrays: the law's kernel, the loss, and the chain rule. Each loop has one
 * shape, so V8 compiles each once per law or loss, and nothing is allocated.
 */
export class Objective implements Differentiable {
  readonly law: Law;
  readonly coordinates: Coordinates;
  readonly logResidual: boolean;
  loss: Loss;
  /** Rows in use: the first n of each column. */
  n: number;
  x: Columns;
  /** The response, or its logarithm where residuals are of logarithms: `aim` changes it. */
  readonly target: Readonly<Float64Array>;
  /** The response itself. */
  readonly response: Readonly<Float64Array>;
  w: Float64Array;

  readonly theta: Float64Array;
  readonly value: Float64Array;
  readonly jacobian: Float64Array;
  readonly residual: Float64Array;
  readonly influence: Float64Array;
  readonly #slope: Float64Array;
  evaluations = 0;

  constructor(
    law: Law,
    coordinates: Coordinates,
    loss: Loss,
    logResidual: boolean,
    x: Columns,
    target: Float64Array,
    w: Float64Array,
    n: number,
  ) {
    this.law = law;
    this.coordinates = coordinates;
    this.loss = loss;
    this.logResidual = logResidual;
    this.x = x;
    this.target = target;
    this.response = logResidual ? target.map(exp) : target;
    this.w = w;
    this.n = n;
    const p = law.parameters.length;
    this.theta = new Float64Array(p);
    this.#slope = new Float64Array(p);
    this.value = new Float64Array(n);
    this.jacobian = new Float64Array(n * p);
    this.residual = new Float64Array(n);
    this.influence = new Float64Array(n);
  }

  /** Sets the target of a row. */
  aim(row: number, target: number): void {
    (this.target as Float64Array)[row] = target;
    if (this.logResidual) (this.response as Float64Array)[row] = exp(target);
  }

  evaluate(z: Float64Array, gradient: Float64Array): number {
    let total = this.prepare(z);
    if (total === Infinity) return Infinity;
    const { theta, coordinates } = this;
    const slope = this.#slope;
    accumulate(this.jacobian, this.influence, this.n, slope);
    const { share = 1 } = this.loss;
    for (const [j, mean, sd, log] of coordinates.priors) {
      const u = ((log ? Math.log(theta[j]!) : theta[j]!) - mean) / sd;
      total += share * 0.5 * u * u;
      slope[j] = slope[j]! + (share * u) / sd / (log ? theta[j]! : 1);
    }
    gradient.fill(0);
    for (let j = 0; j < theta.length; j++) {
      const slot = coordinates.slot[j]!;
      if (slot < 0) continue;
      const step = coordinates.free[slot]!.log ? theta[j]! : 1;
      gradient[slot]! += slope[j]! * step;
    }
    for (let k = 0; k < z.length; k++) if (!Number.isFinite(gradient[k]!)) return Infinity;
    return total;
  }

  /** Predictions, residuals and influences at z, scaled so that the Jacobian is that of the residuals. */
  prepare(z: Float64Array): number {
    this.evaluations++;
    const { n, theta, value, residual, influence } = this;
    this.coordinates.toParameters(z, theta);
    this.law.evaluate(theta, this.x, n, value, this.jacobian);
    writeResiduals(this, residual);
    const total = this.loss.sum(residual, this.w, n, influence);
    if (!(total < Infinity)) return Infinity;
    if (this.logResidual) for (let i = 0; i < n; i++) influence[i] = influence[i]! / value[i]!;
    return total;
  }

  /** Derivatives of the residuals by the coordinates, row by row (n x size), at the last z evaluated. */
  residualJacobian(): Float64Array {
    const { n, coordinates, theta, value, jacobian } = this;
    const p = theta.length;
    const q = coordinates.size;
    const out = new Float64Array(n * q);
    for (let j = 0; j < p; j++) {
      const slot = coordinates.slot[j]!;
      if (slot < 0) continue;
      const step = coordinates.free[slot]!.log ? theta[j]! : 1;
      for (let i = 0; i < n; i++) {
        const scale = this.logResidual ? step / value[i]! : step;
        out[i * q + slot]! += jacobian[i * p + j]! * scale;
      }
    }
    return out;
  }
}

function writeResiduals({ logResidual, value, response, target, n }: Objective, out: Float64Array): void {
  for (let i = 0; i < n; i++) {
    out[i] = logResidual ? logRatio(value[i]!, response[i]!, target[i]!) : value[i]! - target[i]!;
  }
}

/** Adds the rows of the Jacobian, each times its influence. */
function accumulate(jacobian: Float64Array, influence: Float64Array, n: number, slope: Float64Array): void {
  const p = slope.length;
  let j = 0;
  // Five columns at a time, their sums in registers: in memory each addition would wait for the one before.
  for (; j + 5 <= p; j += 5) {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    let s4 = 0;
    for (let i = 0, at = j; i < n; i++, at += p) {
      const u = influence[i]!;
      s0 += u * jacobian[at]!;
      s1 += u * jacobian[at + 1]!;
      s2 += u * jacobian[at + 2]!;
      s3 += u * jacobian[at + 3]!;
      s4 += u * jacobian[at + 4]!;
    }
    slope[j] = s0;
    slope[j + 1] = s1;
    slope[j + 2] = s2;
    slope[j + 3] = s3;
    slope[j + 4] = s4;
  }
  for (; j < p; j++) {
    let sum = 0;
    for (let i = 0, at = j; i < n; i++, at += p) sum += influence[i]! * jacobian[at]!;
    slope[j] = sum;
  }
}
