import { bfgs } from "../search/bfgs.ts";
import { type GroupSums, linearMixed, type MixedSolution } from "./linearMixed.ts";

/** The best factor L of the random effects' relative covariance, and the model's solution with it. */
export interface BestFactor {
  readonly factor: Float64Array;
  readonly solution: MixedSolution;
  readonly converged: boolean;
  /** The search's inverse Hessian, for a problem close by. */
  readonly inverseHessian: Float64Array;
}

/**
 * Minimises the profiled deviance over the entries of L: those of the diagonal are 0 or above, so that a spread of exactly
 * nothing is a minimum like any other.
 *
 * @param start L to begin from; its diagonal also gives the scale of each row
 * @param before inverse Hessian of the search before; without one another start is tried as well
 */
export function bestFactor(
  groups: readonly GroupSums[],
  start: Float64Array,
  before: Float64Array | undefined,
  {
    n,
    p,
    r,
    restricted,
    correlated,
  }: { n: number; p: number; r: number; restricted: boolean; correlated: boolean },
): BestFactor | undefined {
  const scale = Float64Array.from({ length: r }, (_, k) => Math.abs(start[k * r + k]!) || 1);
  const places: [number, number][] = [];
  for (let a = 0; a < r; a++) for (let b = correlated ? 0 : a; b <= a; b++) places.push([a, b]);
  const toFactor = (t: Float64Array) => {
    const factor = new Float64Array(r * r);
    places.forEach(([a, b], k) => {
      factor[a * r + b] = t[k]! * scale[a]!;
    });
    return factor;
  };
  const deviance = (t: Float64Array) =>
    linearMixed(groups, toFactor(t), n, p, r, restricted)?.deviance ?? Infinity;
  const f = {
    evaluate(t: Float64Array, gradient: Float64Array): number {
      for (let k = 0; k < t.length; k++) {
        // The deviance is even in each column of L, so a step below 0 is as good as one above.
        const h = 1e-4 * Math.max(1, Math.abs(t[k]!));
        const [up, down] = [t.slice(), t.slice()];
        up[k]! += h;
        down[k]! -= h;
        gradient[k] = (deviance(up) - deviance(down)) / (2 * h);
      }
      return deviance(t);
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
      tolerance: 1e-13,
      floor: 1e-10,
      maxIterations: 200,
    });
    if (found.value < Infinity && (!best || found.value < best.value - 1e-9)) best = found;
  }
  if (!best) return undefined;
  // A spread that is nothing beside the noise is nothing.
  const tidy = best.z.map((each, k) => (lower[k] === 0 && each < 1e-7 ? 0 : each));
  const factor = toFactor(deviance(tidy) <= best.value + 1e-9 ? tidy : best.z);
  const solution = linearMixed(groups, factor, n, p, r, restricted);
  return (
    solution && { factor, solution, converged: best.converged, inverseHessian: rescaled(best.inverseHessian) }
  );

  /** For the next search, whose coordinates are in units of the diagonal found here. */
  function rescaled(matrix: Float64Array): Float64Array {
    const unit = places.map(([a]) => (factor[a * r + a]! || scale[a]!) / scale[a]!);
    return matrix.map((each, at) => each / (unit[Math.floor(at / q)]! * unit[at % q]!));
  }
}
