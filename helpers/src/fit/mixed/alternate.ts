import type { Objective } from "../objective/Objective.ts";
import { type GroupRows, groupRows } from "./groupRows.ts";
import { LinearMixed, type MixedSizes, type MixedSolution } from "./linearMixed.ts";
import { bestFactor, effectUnits } from "./randomFactor.ts";
import { satterthwaite } from "./satterthwaite.ts";

/** A mixed model at some stage: common coordinates, each group's deviations, factor of their relative covariance. */
export interface MixedState {
  readonly common: Float64Array;
  readonly random: readonly Float64Array[];
  readonly factor: Float64Array;
}

export interface MixedMinimum extends MixedState {
  readonly solution: MixedSolution | undefined;
  /** Degrees of freedom of each common coordinate. */
  readonly freedom: Float64Array;
  readonly converged: boolean;
  readonly rounds: number;
}

const mostRounds = 100;

/**
 * Lindstrom and Bates's alternation: with the spread held, parameters and deviations that minimise the penalised squares;
 * with the law linearised there, the spread that maximises the likelihood; until nothing moves.
 */
export function alternate(
  objectives: readonly Objective[],
  slots: readonly number[],
  start: MixedState,
  settings: { restricted: boolean; correlated: boolean },
): MixedMinimum {
  const r = slots.length;
  const sizes: MixedSizes = {
    n: objectives.reduce((sum, { w }) => sum + usedRuns(w), 0),
    p: start.common.length,
    r,
    restricted: settings.restricted,
  };
  let state: MixedState = start;
  let sums: GroupRows[] | undefined;
  let solution: MixedSolution | undefined;
  let converged = false;
  let rounds = 0;
  let deviance = Infinity;
  let curvature: Float64Array | undefined;
  for (; rounds < mostRounds && !converged; rounds++) {
    state = penalised(objectives, slots, state, sizes);
    sums = linearised(objectives, slots, state);
    const found = sums && bestFactor(sums, state.factor, curvature, sizes, settings.correlated);
    if (!sums || !found)
      return { ...state, solution: undefined, freedom: new Float64Array(sizes.p), converged: false, rounds };
    solution = found.solution;
    curvature = found.inverseHessian;
    const units = effectUnits(sums, r);
    const settled = found.factor.every((each, k) => {
      const row = Math.floor(k / r);
      const size = Math.max(Math.abs(state.factor[k]!), found.factor[row * r + row]!, 1e-2 * units[row]!);
      return Math.abs(each - state.factor[k]!) <= 1e-6 * size;
    });
    converged = settled && Math.abs(solution.deviance - deviance) <= 1e-8 * Math.max(1, Math.abs(deviance));
    deviance = solution.deviance;
    state = { ...state, factor: found.factor };
  }
  const freedom = satterthwaite(sums!, state.factor, sizes, settings.correlated);
  return { ...state, solution, freedom, converged, rounds };
}

/** Runs that count. */
export function usedRuns(weights: Float64Array): number {
  return weights.reduce((count, weight) => count + (weight > 0 ? 1 : 0), 0);
}

/** The law linearised at a state, as sums of a linear model for the steps of parameters and the deviations themselves. */
function linearised(
  objectives: readonly Objective[],
  slots: readonly number[],
  { common, random }: MixedState,
) {
  const p = common.length;
  const r = slots.length;
  const sums = [];
  for (const [g, objective] of objectives.entries()) {
    if (!(objective.prepare(moved(common, slots, random[g]!)) < Infinity)) return undefined;
    const { n, residual, w } = objective;
    const x = objective.residualJacobian();
    const y = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      const root = Math.sqrt(w[i]!);
      y[i] = -residual[i]! * root;
      for (let a = 0; a < p; a++) x[i * p + a]! *= root;
      for (let k = 0; k < r; k++) y[i]! += x[i * p + slots[k]!]! * random[g]![k]!;
    }
    sums.push(groupRows(x, y, slots));
  }
  return sums;
}

/** Gauss-Newton steps in parameters and deviations together, the factor held, as long as the penalised squares fall. */
function penalised(
  objectives: readonly Objective[],
  slots: readonly number[],
  start: MixedState,
  sizes: MixedSizes,
): MixedState {
  let state = start;
  let value = penalisedSquares(objectives, slots, state);
  let settled = false;
  for (let step = 0; step < 50 && !settled; step++) {
    const sums = linearised(objectives, slots, state);
    const solution = sums && new LinearMixed(sums, sizes).solution(state.factor);
    if (!solution) break;
    const { common, random } = state;
    let next: MixedState | undefined;
    for (let share = 1; share > 1e-6; share /= 2) {
      const tried: MixedState = {
        ...state,
        common: common.map((each, a) => each + share * solution.fixed[a]!),
        random: random.map((own, g) => own.map((each, k) => each + share * (solution.random[g]![k]! - each))),
      };
      const found = penalisedSquares(objectives, slots, tried);
      // The deviations that were handed in need not fit the factor: a first step may rise in their penalty.
      if (!(found < value) && !(step === 0 && found < Infinity && value === Infinity)) continue;
      next = tried;
      settled = value - found <= 1e-13 * Math.abs(found);
      value = found;
      break;
    }
    if (!next) break;
    state = next;
  }
  return state;
}

/** Squares of the residuals and of the deviations in units of their spread; a deviation without spread must be 0. */
function penalisedSquares(
  objectives: readonly Objective[],
  slots: readonly number[],
  state: MixedState,
): number {
  const { common, random, factor } = state;
  const r = slots.length;
  let total = 0;
  for (const [g, objective] of objectives.entries()) {
    const squares = objective.prepare(moved(common, slots, random[g]!));
    if (!(squares < Infinity)) return Infinity;
    total += squares;
    const u = new Float64Array(r);
    for (let k = 0; k < r; k++) {
      let left = random[g]![k]!;
      for (let l = 0; l < k; l++) left -= factor[k * r + l]! * u[l]!;
      const pivot = factor[k * r + k]!;
      if (pivot > 0) u[k] = left / pivot;
      else if (Math.abs(left) > 1e-9 * (Math.abs(random[g]![k]!) + 1e-12)) return Infinity;
      total += u[k]! ** 2;
    }
  }
  return total;
}

/** A group's coordinates: the common ones, and its deviations where it has any. */
export function moved(
  common: Float64Array,
  slots: readonly number[],
  deviations: Float64Array,
): Float64Array {
  const z = common.slice();
  slots.forEach((slot, k) => {
    z[slot]! += deviations[k]!;
  });
  return z;
}
