import type { Differentiable } from "../objective/Differentiable.ts";
import type { Objective } from "../objective/Objective.ts";
import { logNormalCdf } from "./logNormalCdf.ts";

const halfLogTwoPi = 0.5 * Math.log(2 * Math.PI);

/** How the noise of each run is known: its logarithm but for `tau`, and what it grows with. */
export interface NoiseModel {
  /** ln sigma of each run where it is known, else 0. */
  readonly known: Float64Array;
  /** Whether a common sigma is estimated on top of `known`. */
  readonly estimated: boolean;
  /** ln of what the noise's standard deviation is a power of; `fitted` for the predictions themselves. */
  readonly power?: Float64Array | "fitted";
}

/**
 * Minus the logarithm of the Gaussian likelihood of a law, with runs that are known only to lie above a value, as a function
 * of the law's coordinates followed by ln sigma and the power of the noise, where these are estimated.
 */
export class Likelihood implements Differentiable {
  readonly objective: Objective;
  readonly noise: NoiseModel;
  readonly censored: Uint8Array;
  /** Coordinates of the law, then of the noise. */
  readonly size: number;
  readonly #slope: Float64Array;

  constructor(objective: Objective, noise: NoiseModel, censored: Uint8Array) {
    this.objective = objective;
    this.noise = noise;
    this.censored = censored;
    this.size = objective.coordinates.size + Number(noise.estimated) + Number(noise.power !== undefined);
    this.#slope = new Float64Array(objective.n);
  }

  evaluate(z: Float64Array, gradient: Float64Array): number {
    const { objective, noise, censored } = this;
    const { coordinates, n, residual, value, logResidual } = objective;
    const q = coordinates.size;
    gradient.fill(0);
    if (!(objective.prepare(z.subarray(0, q)) < Infinity)) return Infinity;
    const tau = noise.estimated ? z[q]! : 0;
    const at = q + Number(noise.estimated);
    const power = noise.power === undefined ? 0 : z[at]!;
    const jacobian = objective.residualJacobian();
    const slope = this.#slope;
    let total = 0;
    for (let i = 0; i < n; i++) {
      const size = noise.power === "fitted" ? Math.log(value[i]!) : (noise.power?.[i] ?? 0);
      const s = noise.known[i]! + tau + power * size;
      const sigma = Math.exp(s);
      const u = residual[i]! / sigma;
      let byResidual: number;
      let byNoise: number;
      if (censored[i]) {
        const tail = logNormalCdf(u);
        total -= tail.value;
        byResidual = -tail.slope / sigma;
        byNoise = tail.slope * u;
      } else {
        total += s + 0.5 * u * u + halfLogTwoPi;
        byResidual = u / sigma;
        byNoise = 1 - u * u;
      }
      if (noise.estimated) gradient[q]! += byNoise;
      if (noise.power !== undefined) gradient[at]! += byNoise * size;
      // Where the noise follows the prediction, moving the prediction moves it, too.
      const follows = noise.power === "fitted" ? (byNoise * power) / (logResidual ? 1 : value[i]!) : 0;
      slope[i] = byResidual + follows;
    }
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < q; k++) gradient[k]! += slope[i]! * jacobian[i * q + k]!;
    }
    for (const each of gradient) if (!Number.isFinite(each)) return Infinity;
    return total;
  }

  /** The curvature at a point, by central differences of the slope: its inverse is the coordinates' covariance. */
  hessian(z: Float64Array, scale: Float64Array): Float64Array {
    const q = this.size;
    const out = new Float64Array(q * q);
    const [up, down] = [new Float64Array(q), new Float64Array(q)];
    for (let k = 0; k < q; k++) {
      const h = 1e-3 * scale[k]!;
      const moved = z.slice();
      moved[k] = z[k]! + h;
      this.evaluate(moved, up);
      moved[k] = z[k]! - h;
      this.evaluate(moved, down);
      for (let l = 0; l < q; l++) out[k * q + l] = (up[l]! - down[l]!) / (2 * h);
    }
    for (let a = 0; a < q; a++) {
      for (let b = 0; b < a; b++) {
        const mean = 0.5 * (out[a * q + b]! + out[b * q + a]!);
        out[a * q + b] = mean;
        out[b * q + a] = mean;
      }
    }
    return out;
  }
}
