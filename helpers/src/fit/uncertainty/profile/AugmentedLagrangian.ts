import type { Differentiable } from "../../objective/Differentiable.ts";
import type { Objective } from "../../objective/Objective.ts";
import type { Measure } from "../Measure.ts";

/** A quantity that shall have a value, and the unit in which a miss is told: about one standard error. */
export interface Target {
  readonly measure: Measure;
  readonly value: number;
  readonly unit: number;
  /** Far from the estimate a miss is told on a logarithm, if all is on one side of zero: in units of the logarithm. */
  readonly inLogs: boolean;
}

/** How far the quantity at z is from its target, in units. */
function missAt({ measure, value, unit, inLogs }: Target, z: Float64Array): number {
  const found = measure.value(z);
  return (inLogs ? Math.log(found / value) : found - value) / unit;
}

/** Derivatives of the miss. */
export function missSlope({ measure, unit, inLogs }: Target, z: Float64Array): Float64Array {
  const scale = 1 / (inLogs ? unit * measure.value(z) : unit);
  return measure.slope(z).map((entry) => entry * scale);
}

/**
 * The objective with what it costs to miss the targets: `f + sum(lambda c + mu c^2 / 2)`, c the misses. Its minimum moves
 * to the constrained one as the multipliers lambda are learnt; the whole box of the coordinates stays open to the search.
 */
export class AugmentedLagrangian implements Differentiable {
  readonly multipliers: Float64Array;
  /** Misses at the last z evaluated, in their units. */
  readonly misses: Float64Array;
  penalty: number;
  /** The objective's share of the last value. */
  objectiveValue = 0;
  readonly #share: number;
  readonly #objective: Objective;
  readonly #targets: readonly Target[];

  /** @param share what the objective is multiplied by: stages of an annealed loss differ in their scale */
  constructor(objective: Objective, targets: readonly Target[], penalty: number, share: number) {
    this.#objective = objective;
    this.#targets = targets;
    this.penalty = penalty;
    this.#share = share;
    this.multipliers = new Float64Array(targets.length);
    this.misses = new Float64Array(targets.length);
  }

  evaluate(z: Float64Array, gradient: Float64Array): number {
    const { penalty, misses, multipliers } = this;
    let total = this.#share * this.#objective.evaluate(z, gradient);
    if (!(total < Infinity)) return Infinity;
    this.objectiveValue = total;
    for (let k = 0; k < z.length; k++) gradient[k]! *= this.#share;
    this.#targets.forEach((target, t) => {
      const miss = missAt(target, z);
      misses[t] = miss;
      total += (multipliers[t]! + 0.5 * penalty * miss) * miss;
      const force = multipliers[t]! + penalty * miss;
      const slope = missSlope(target, z);
      for (let k = 0; k < z.length; k++) gradient[k]! += force * slope[k]!;
    });
    return gradient.every(Number.isFinite) && Number.isFinite(total) ? total : Infinity;
  }

  /** Largest miss, in units. */
  get worst(): number {
    return this.misses.reduce((worst, miss) => Math.max(worst, Math.abs(miss)), 0);
  }

  /** What meeting the targets exactly would add to the objective, to first order. */
  get missing(): number {
    return this.misses.reduce((sum, miss, t) => sum + this.force(t) * miss, 0);
  }

  /** What moving target t by a unit would save. */
  force(t: number): number {
    return this.multipliers[t]! + this.penalty * this.misses[t]!;
  }

  learn(): void {
    for (let t = 0; t < this.misses.length; t++) this.multipliers[t] = this.force(t);
  }
}
