import { choleskyInverse } from "../../numerics/linear/cholesky.ts";
import type { GroupRows } from "./groupRows.ts";
import { LinearMixed, type MixedSizes } from "./linearMixed.ts";
import { effectUnits, factorPlaces } from "./randomFactor.ts";

/**
 * Degrees of freedom of each fixed effect's Student t: how well its variance is known. A floor that is one of eight groups'
 * is known by seven of them, an exponent common to all by nearly every run. A spread of 0, and what goes with it, is
 * taken to be known.
 *
 * `1 / freedom = v' H^-1 v + 1 / f`: v the slope of the logarithm of the effect's variance along the entries of L with sigma
 * at its best, H the curvature of the profiled deviance, f the runs' degrees of freedom.
 *
 * Source: Satterthwaite 1946; Fai and Cornelius 1996; as in R's lmerTest (Kuznetsova et al. 2017).
 *
 * @returns one number a fixed effect; groups less one where the deviance has no curvature to tell by
 */
export function satterthwaite(
  groups: readonly GroupRows[],
  factor: Float64Array,
  sizes: MixedSizes,
  correlated: boolean,
): Float64Array {
  const { n, p, r, restricted } = sizes;
  const model = new LinearMixed(groups, sizes);
  const units = effectUnits(groups, r);
  const places = factorPlaces(r, correlated).filter(([a, b]) => a !== b || factor[a * r + a]! > 0);
  const q = places.length;
  const runs = restricted ? n - p : n;
  const slope = new Float64Array(r * r);
  const looks = places.map(([a, b]) => {
    const step = 1e-4 * Math.max(Math.abs(factor[a * r + b]!), factor[a * r + a]!, 1e-2 * units[a]!);
    const [up, down] = [step, -step].map((each) => {
      const moved = factor.slice();
      moved[a * r + b]! += each;
      const solution = model.solution(moved);
      model.slope(slope);
      const variance = Float64Array.from({ length: p }, (_, j) =>
        solution ? Math.log(solution.sigma ** 2 * solution.inverse[j * p + j]!) : Number.NaN,
      );
      return { variance, slope: Float64Array.from(places, ([c, d]) => slope[c * r + d]!) };
    });
    const rate = (one: Float64Array, other: Float64Array) =>
      one.map((each, k) => (each - other[k]!) / (2 * step));
    return { variance: rate(up!.variance, down!.variance), slope: rate(up!.slope, down!.slope) };
  });
  const curvature = new Float64Array(q * q);
  for (let a = 0; a < q; a++) {
    for (let b = 0; b < q; b++) curvature[a * q + b] = 0.5 * (looks[a]!.slope[b]! + looks[b]!.slope[a]!);
  }
  const inverse = choleskyInverse(curvature, q);
  return Float64Array.from({ length: p }, (_, j) => {
    let spread = 0;
    for (let a = 0; a < q; a++) {
      for (let b = 0; b < q; b++)
        spread += (inverse?.[a * q + b] ?? Number.NaN) * looks[a]!.variance[j]! * looks[b]!.variance[j]!;
    }
    const found = 1 / (spread + 1 / runs);
    return found > 0 ? Math.max(found, 1) : groups.length - 1;
  });
}
