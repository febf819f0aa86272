import { bfgs } from "../search/bfgs.ts";
import type { GroupRows } from "./groupRows.ts";
import { LinearMixed, type MixedSizes, type MixedSolution } from "./linearMixed.ts";

/** The best factor L of the random effects' relative covariance, and the model's solution with it. */
export interface BestFactor {
  readonly factor: Float64Array;
  readonly solution: MixedSolution;
  readonly converged: boolean;
  /** The search's inverse Hessian, for a problem close by. */
  readonly inverseHessian: Float64Array;
}

/** Rows and columns of the entries of L that are searched. */
export function factorPlaces(r: number, correlated: boolean): [number, number][] {
  const places: [number, number][] = [];
  for (let a = 0; a < r; a++) for (let b = correlated ? 0 : a; b <= a; b++) places.push([a, b]);
  return places;
}

/** For each random effect the size that moves a group's rows by as much as their noise: the same whatever the units. */
export function effectUnits(groups: readonly GroupRows[], r: number): Float64Array {
  return Float64Array.from({ length: r }, (_, k) => {
    let total = 0;
    for (const { k: rows, r: own } of groups) for (let i = 0; i < rows; i++) total += own[i * r + k]! ** 2;
    const mean = total / groups.length;
    return mean > 0 ? 1 / Math.sqrt(mean) : 1;
  });
}

/**
 * Minimises the profiled deviance over the entries of L: those of the diagonal are 0 or above, so that a spread of exactly
 * nothing is a minimum like any other.
 *
 * @param start L to begin from; its diagonal also gives the scale of each row
 * @param before inverse Hessian of the search before; without one another start is tried as well
 */
export function bestFactor(
  groups: readonly GroupRows[],
  start: Float64Array,
  before: Float64Array | undefined,
  sizes: MixedSizes,
  correlated: boolean,
): BestFactor | undefined {
  const { r } = sizes;
  const model = new LinearMixed(groups, sizes);
  const units = effectUnits(groups, r);
  const scale = Float64Array.from(units, (unit, k) => Math.abs(start[k * r + k]!) || unit);
  const places = factorPlaces(r, correlated);
  const factorOf = (t: Float64Array) => {
    const factor = new Float64Array(r * r);
    places.forEach(([a, b], k) => {
      factor[a * r + b] = t[k]! * scale[a]!;
    });
    return factor;
  };
  const slope = new Float64Array(r * r);
  const f = {
    evaluate(t: Float64Array, gradient: Float64Array): number {
      const value = model.deviance(factorOf(t));
      if (!(value < Infinity)) return Infinity;
      model.slope(slope);
      places.forEach(([a, b], k) => {
        gradient[k] = slope[a * r + b]! * scale[a]!;
      });
      return value;
    },
  };
  const q = places.length;
  const lower = Float64Array.from(places, ([a, b]) => (a === b ? 0 : -Infinity));
  const upper = new Float64Array(q).fill(Infinity);
  const usual = new Float64Array(q * q);
  for (let k = 0; k < q; k++) usual[k * q + k] = 0.1;
  const from = Float64Array.from(places, ([a, b]) => start[a * r + b]! / scale[a]!);
  // From a spread of 0 there is no slope to leave by: the usual start is tried as well.
  const isStuck = places.some(([a, b], k) => a === b && from[k] === 0);
  const starts =
    !before || isStuck ? [from, Float64Array.from(places, ([a, b]) => (a === b ? 1 : 0))] : [from];
  const inverseHessian = before && !isStuck ? before : usual;
  let best: ReturnType<typeof bfgs> | undefined;
  for (const one of starts) {
    const found = bfgs(f, one, {
      lower,
      upper,
      inverseHessian,
      tolerance: 1e-14,
      floor: 1e-11,
      maxIterations: 200,
    });
    if (found.value < Infinity && (!best || found.value < best.value - 1e-9)) best = found;
  }
  if (!best) return undefined;
  // A spread that is nothing beside the noise is nothing.
  const tidy = best.z.map((each, k) =>
    lower[k] === 0 && each * scale[places[k]![0]]! < 1e-6 * units[places[k]![0]]! ? 0 : each,
  );
  const factor = factorOf(model.deviance(factorOf(tidy)) <= best.value + 1e-9 ? tidy : best.z);
  const solution = model.solution(factor);
  return (
    solution && { factor, solution, converged: best.converged, inverseHessian: rescaled(best.inverseHessian) }
  );

  /** For the next search, whose coordinates are in units of the diagonal found here. */
  function rescaled(matrix: Float64Array): Float64Array {
    const unit = places.map(([a]) => (factor[a * r + a]! || units[a]!) / scale[a]!);
    return matrix.map((each, at) => each / (unit[Math.floor(at / q)]! * unit[at % q]!));
  }
}
