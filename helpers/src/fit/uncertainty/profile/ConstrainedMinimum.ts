import { choleskyInverse } from "../../../numerics/linear/cholesky.ts";
import { typicalSize } from "../../../numerics/typicalSize.ts";
import type { Objective } from "../../objective/Objective.ts";
import { bfgs } from "../../search/bfgs.ts";
import { inverseGaussNewton } from "../../search/gaussNewton.ts";
import type { Measure } from "../Measure.ts";
import { AugmentedLagrangian, missSlope, type Target } from "./AugmentedLagrangian.ts";

/** The lowest objective with quantities held, and where it is. */
export interface Held {
  readonly value: number;
  readonly z: Float64Array;
  /** What moving each quantity by one of its own units costs there. */
  readonly slopes: Float64Array;
}

/** The penalty in units of the objective's own curvature along a quantity: the multipliers are learnt so much a round. */
const stiffness = 100;
const rounds = 14;
/** Misses, in units, that are corrected to first order: what is left of the value is half the square of this. */
const closeEnough = 1e-5;

/**
 * The objective's minimum with quantities held at values, searched in the whole box: parameters are held themselves,
 * computed quantities by an augmented Lagrangian. Every search starts where it is told.
 */
export class ConstrainedMinimum {
  readonly measures: readonly Measure[];
  readonly estimates: readonly number[];
  /** One standard error of each quantity, as the curvature at the free minimum has it. */
  readonly units: readonly number[];
  /** How the free minimum moves, to first order, by one unit of each quantity. */
  readonly drifts: readonly Float64Array[];
  readonly spread: Float64Array;
  readonly #objective: Objective;
  readonly #dispersion: number;
  readonly #z: Float64Array;
  readonly #inverseHessian: Float64Array;

  /** @throws RangeError when a quantity does not depend on the free parameters */
  constructor(
    objective: Objective,
    z: Float64Array,
    { hessian, dispersion }: { hessian: Float64Array; dispersion: number },
    measuresOf: (spread: Float64Array) => readonly Measure[],
  ) {
    const q = z.length;
    this.#objective = objective;
    this.#dispersion = dispersion;
    this.#z = z;
    this.#inverseHessian = choleskyInverse(hessian, q) ?? inverseGaussNewton(objective, z);
    const spread = this.#inverseHessian.map((entry) => entry * dispersion);
    this.spread = spread;
    this.measures = measuresOf(spread);
    this.estimates = this.measures.map((measure) => measure.value(z));
    const wrong = this.estimates.find((value) => !Number.isFinite(value));
    if (wrong !== undefined) {
      throw new RangeError(`the quantity must be finite at the estimate, got ${wrong}; check the function`);
    }
    const moves = this.measures.map((measure) => {
      const slope = measure.slope(z);
      const drift = multiply(spread, slope);
      return { drift, variance: slope.reduce((sum, s, k) => sum + s * drift[k]!, 0) };
    });
    this.units = moves.map(({ variance }) => Math.sqrt(variance));
    if (!this.units.every((unit) => unit > 0 && unit < Infinity)) {
      throw new RangeError("the quantity is not identified, or does not depend on the free parameters");
    }
    this.drifts = moves.map(({ drift }, t) => drift.map((entry) => entry / this.units[t]!));
  }

  /** Whether quantity t is a parameter whose coordinate is its logarithm. */
  isLog(t: number): boolean {
    const { slot } = this.measures[t]!;
    return slot !== undefined && this.#objective.coordinates.free[slot]!.log;
  }

  /**
   * The lowest objective with the quantities at `values`, over searches from each start; Infinity where none reached
   * them.
   *
   * @param slopes a guess of what moving each quantity by a unit costs there
   */
  lowest(values: readonly number[], starts: readonly Float64Array[], slopes?: Float64Array): Held {
    let best: Held = { value: Infinity, z: this.#z, slopes: new Float64Array(values.length) };
    for (const start of starts) {
      const found = this.#search(values, this.#towards(values, start), slopes);
      if (found.value < best.value) best = found;
    }
    return best;
  }

  /** A start moved along the drifts until the quantities would have their values, were they linear. */
  #towards(values: readonly number[], from: Float64Array): Float64Array {
    const { lower, upper } = this.#objective.coordinates;
    const start = from.slice();
    this.measures.forEach((measure, t) => {
      const gap = (values[t]! - measure.value(from)) / this.units[t]!;
      // Far away a straight line leads nowhere: the search takes the rest of the way.
      const reach = Number.isFinite(gap) ? Math.max(-4, Math.min(4, gap)) : 0;
      for (let k = 0; k < start.length; k++) start[k]! += reach * this.drifts[t]![k]!;
    });
    return start.map((value, k) => Math.min(upper[k]!, Math.max(lower[k]!, value)));
  }

  #search(values: readonly number[], start: Float64Array, slopes?: Float64Array): Held {
    const objective = this.#objective;
    const { loss } = objective;
    if (!loss.annealing) return this.#descend(values, start, slopes, 1);
    const target = new Float64Array(start.length);
    const own = objective.evaluate(start, target);
    const stages = loss.annealing(typicalSize(objective.residual.subarray(0, objective.n))).slice(2);
    try {
      let held: Held = { value: Infinity, z: start, slopes: slopes ?? new Float64Array(values.length) };
      for (const stage of stages) {
        objective.loss = stage;
        held = this.#descend(values, held.z, held.slopes, own / objective.evaluate(start, target));
        if (!(held.value < Infinity)) return held;
      }
      objective.loss = loss;
      return { ...held, value: objective.evaluate(held.z, target) };
    } finally {
      objective.loss = loss;
    }
  }

  /** From one start to the nearest constrained minimum of a smooth loss. */
  #descend(values: readonly number[], start: Float64Array, slopes: Float64Array | undefined, share: number) {
    const { lower, upper } = this.#objective.coordinates;
    const [low, high, z] = [lower.slice(), upper.slice(), start.slice()];
    const computed: (Target & { readonly t: number; readonly scale: number })[] = [];
    this.measures.forEach((measure, t) => {
      const [value, estimate, unit] = [values[t]!, this.estimates[t]!, this.units[t]!];
      const { slot } = measure;
      if (slot === undefined) {
        const ratio = value / estimate;
        const inLogs = ratio > 0 && !(ratio > 0.5 && ratio < 2);
        const own = inLogs ? Math.min(1, unit / Math.abs(estimate)) : unit;
        const scale = inLogs ? (own * Math.abs(value)) / unit : 1;
        computed.push({ measure, value, unit: own, inLogs, t, scale });
      } else z[slot] = low[slot] = high[slot] = this.isLog(t) ? Math.log(value) : value;
    });
    const dispersion = this.#dispersion;
    const lagrangian = new AugmentedLagrangian(this.#objective, computed, stiffness * dispersion, share);
    computed.forEach(({ t, scale }, at) => {
      lagrangian.multipliers[at] = -(slopes?.[t] ?? 0) * scale;
    });
    const failed: Held = { value: Infinity, z: start, slopes: new Float64Array(values.length) };
    let point: Float64Array = z;
    let inverseHessian: Float64Array = stiffened(this.#inverseHessian, computed, z, lagrangian.penalty);
    let before = Infinity;
    let stuck = 0;
    for (let round = 0; round < rounds && stuck < 2; round++) {
      const found = bfgs(lagrangian, point, {
        lower: low,
        upper: high,
        inverseHessian,
        tolerance: 1e-12,
        floor: 0,
        maxIterations: 150,
      });
      if (!(found.value < Infinity)) return failed;
      point = found.z;
      lagrangian.evaluate(point, new Float64Array(z.length));
      const { worst, missing } = lagrangian;
      stuck = worst > 0.9 * before ? stuck + 1 : 0;
      // A quantity that is only known to some digits lets the search come no closer: then less must do.
      const enough = stuck === 2 || round === rounds - 1 ? 100 * closeEnough : closeEnough;
      if (worst <= enough && Math.abs(missing) <= enough * stiffness * dispersion) {
        const slopesThere = new Float64Array(values.length);
        computed.forEach(({ t, scale }, at) => {
          slopesThere[t] = -lagrangian.force(at) / scale;
        });
        return { value: (lagrangian.objectiveValue + missing) / share, z: point, slopes: slopesThere };
      }
      lagrangian.learn();
      if (worst > 0.25 * before) lagrangian.penalty *= 8;
      const onBound = point.some((value, k) => value <= lower[k]! || value >= upper[k]!);
      // What BFGS learnt serves again, unless it got stuck, lost a coordinate to a bound or learnt another penalty.
      inverseHessian =
        found.converged && !onBound && worst <= 0.25 * before
          ? found.inverseHessian
          : stiffened(inverseGaussNewton(this.#objective, point), computed, point, lagrangian.penalty);
      before = worst;
    }
    return failed;
  }
}

/** The inverse of `H + penalty sum s s'`, s the slopes of the misses (Sherman and Morrison). */
function stiffened(
  inverse: Float64Array,
  targets: readonly Target[],
  z: Float64Array,
  penalty: number,
): Float64Array {
  const q = z.length;
  let h = inverse;
  for (const target of targets) {
    const slope = missSlope(target, z);
    if (!slope.every(Number.isFinite)) continue;
    const moved = multiply(h, slope);
    const length = slope.reduce((sum, entry, k) => sum + entry * moved[k]!, 0);
    const share = penalty / (1 + penalty * length);
    h = h.map((entry, at) => entry - share * moved[Math.floor(at / q)]! * moved[at % q]!);
  }
  return h;
}

function multiply(matrix: Float64Array, vector: Float64Array): Float64Array {
  const q = vector.length;
  return vector.map((_, a) => vector.reduce((sum, entry, b) => sum + matrix[a * q + b]! * entry, 0));
}
