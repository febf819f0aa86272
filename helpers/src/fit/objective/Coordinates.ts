import type { Law } from "../../laws/definition/Law.ts";
import type { FitOptions, Prior } from "./FitOptions.ts";

/** One coordinate of the optimiser: the parameters that share it, its scale, and its bounds in its own unit. */
export interface Coordinate {
  readonly members: readonly number[];
  readonly log: boolean;
  readonly lower: number;
  readonly upper: number;
}

/**
 * Maps the optimiser's free vector z to a law's parameters theta: fixed ones are constants, tied ones share a
 * coordinate, positive ones that span decades move on a logarithmic scale.
 */
export class Coordinates {
  readonly law: Law;
  readonly free: readonly Coordinate[];
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** For each parameter its coordinate, or -1 when it is fixed. */
  readonly slot: Int32Array;
  /** Values of the fixed parameters (NaN elsewhere). */
  readonly constant: Float64Array;
  /** Gaussian beliefs as [coordinate's parameter, mean, sd over the root of the dispersion, on a log scale?]. */
  readonly priors: readonly (readonly [number, number, number, boolean])[];

  constructor(law: Law, options: Pick<FitOptions, "bounds" | "fixed" | "tied" | "priors"> = {}) {
    const { bounds = {}, fixed = {}, tied = {}, priors = {} } = options;
    const names = law.parameters.map((p) => p.name);
    const bound = new Map<string, readonly [number, number] | undefined>(Object.entries(bounds));
    const indexOf = (name: string, option: string) => {
      const index = names.indexOf(name);
      if (index < 0) {
        throw new RangeError(
          `${option} names ${name}, but ${law.name} has the parameters ${names.join(", ")}`,
        );
      }
      return index;
    };
    this.law = law;
    this.constant = new Float64Array(names.length).fill(NaN);
    for (const [name, value] of Object.entries(fixed)) {
      if (value === undefined) continue;
      const at = indexOf(name, "fixed");
      const { domain } = law.parameters[at]!;
      if (!Number.isFinite(value) || value < domain[0] || value > domain[1]) {
        throw new RangeError(`fixed.${name} must lie in [${domain.join(", ")}], got ${value}`);
      }
      this.constant[at] = value;
    }
    const leader = names.map((_, j) => j);
    for (const [name, other] of Object.entries(tied)) {
      if (other === undefined) continue;
      const follower = indexOf(name, "tied");
      const target = indexOf(other, "tied");
      if (follower === target) throw new RangeError(`tied.${name} must name another parameter, got itself`);
      if (!Number.isNaN(this.constant[follower]!)) {
        throw new RangeError(`${name} cannot be both fixed and tied; leave one out`);
      }
      leader[follower] = target;
    }
    const root = (j: number) => {
      for (let steps = 0; leader[j] !== j; steps++) {
        if (steps > names.length)
          throw new RangeError(`tied must not go round in a circle, got ${JSON.stringify(tied)}`);
        j = leader[j]!;
      }
      return j;
    };
    this.slot = new Int32Array(names.length).fill(-1);
    const free: Coordinate[] = [];
    for (let j = 0; j < names.length; j++) {
      if (root(j) !== j) continue;
      const members = names.map((_, k) => k).filter((k) => root(k) === j);
      if (!Number.isNaN(this.constant[j]!)) {
        for (const k of members) this.constant[k] = this.constant[j]!;
        continue;
      }
      let low = -Infinity;
      let high = Infinity;
      for (const k of members) {
        const { name, domain } = law.parameters[k]!;
        const [a, b] = bound.get(name) ?? domain;
        if (!(a <= b))
          throw new RangeError(`bounds.${name} must be [low, high] with low <= high, got [${a}, ${b}]`);
        low = Math.max(low, a, domain[0]);
        high = Math.min(high, b, domain[1]);
      }
      if (low > high) {
        const all = members.map((k) => names[k]).join(", ");
        throw new RangeError(
          `no value of ${all} is inside both bounds and domain: [${low}, ${high}] is empty`,
        );
      }
      const log = members.every((k) => law.parameters[k]!.scale === "log");
      for (const k of members) this.slot[k] = free.length;
      free.push({ members, log, lower: log ? Math.log(low) : low, upper: log ? Math.log(high) : high });
    }
    for (const name of Object.keys(bounds)) indexOf(name, "bounds");
    this.free = free;
    this.lower = Float64Array.from(free, (c) => c.lower);
    this.upper = Float64Array.from(free, (c) => c.upper);
    this.priors = Object.entries(priors as Record<string, Prior | undefined>).flatMap(([name, prior]) => {
      if (!prior) return [];
      const j = indexOf(name, "priors");
      if (!(prior.sd > 0) || !Number.isFinite(prior.mean)) {
        throw new RangeError(
          `priors.${name} needs a finite mean and sd > 0, got ${prior.mean} and ${prior.sd}`,
        );
      }
      return [[j, prior.mean, prior.sd / Math.sqrt(prior.dispersion ?? 1), prior.scale === "log"] as const];
    });
  }

  /** Number of free coordinates. */
  get size(): number {
    return this.free.length;
  }

  toParameters(z: Float64Array, theta: Float64Array): void {
    for (let j = 0; j < theta.length; j++) {
      const slot = this.slot[j]!;
      theta[j] = slot < 0 ? this.constant[j]! : this.free[slot]!.log ? Math.exp(z[slot]!) : z[slot]!;
    }
  }

  /** The coordinates of a parameter vector, moved inside the bounds; tied parameters take their mean. */
  fromParameters(theta: Float64Array): Float64Array {
    return Float64Array.from(this.free, ({ members, log, lower, upper }) => {
      let total = 0;
      for (const j of members) total += log ? Math.log(Math.max(theta[j]!, 1e-300)) : theta[j]!;
      return Math.min(upper, Math.max(lower, total / members.length));
    });
  }
}
