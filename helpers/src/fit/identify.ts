import { symmetricEigen } from "../numerics/linear/symmetricEigen.ts";
import type { Objective } from "./objective/Objective.ts";
import { gaussNewton } from "./search/gaussNewton.ts";

/** Beyond this the Gram matrix (condition squared) has no digits left for the flattest direction. */
const singular = 1e7;

/** How well the runs determine the parameters, from the curvature at the minimum. */
export interface Identification {
  /**
   * Square root of the ratio of the largest to the smallest eigenvalue of the Gauss-Newton Hessian scaled to a unit
   * diagonal (free coordinates, those on a bound left out): 1 = independent, above 1e7 = not identified.
   */
  readonly conditionNumber: number;
  /** Directions in which the objective hardly moves, flattest first: parameters with their share. */
  readonly flatDirections: readonly Readonly<Record<string, number>>[];
  readonly identified: boolean;
  /** Parameters that do not move any prediction at all. */
  readonly irrelevant: readonly string[];
}

export function identify(objective: Objective, z: Float64Array, atBound: readonly boolean[]): Identification {
  const { coordinates, law } = objective;
  const q = coordinates.size;
  const hessian = gaussNewton(objective, z, "design");
  const name = (k: number) => coordinates.free[k]!.members.map((j) => law.parameters[j]!.name).join("=");
  const inside = Array.from({ length: q }, (_, k) => k).filter((k) => !atBound[k]);
  const largest = Math.max(0, ...inside.map((k) => relevance(k)));
  function relevance(k: number): number {
    const step = coordinates.free[k]!.log ? 1 : Math.max(Math.abs(z[k]!), 1e-12);
    return hessian[k * q + k]! * step * step;
  }
  const irrelevant = inside.filter((k) => !(relevance(k) > 1e-24 * largest));
  const kept = inside.filter((k) => !irrelevant.includes(k));
  const m = kept.length;
  const scaled = new Float64Array(m * m);
  for (let a = 0; a < m; a++) {
    for (let b = 0; b < m; b++) {
      const [k, l] = [kept[a]!, kept[b]!];
      scaled[a * m + b] = hessian[k * q + l]! / Math.sqrt(hessian[k * q + k]! * hessian[l * q + l]!);
    }
  }
  const { values, vectors } = symmetricEigen(scaled, m);
  const conditionNumber =
    irrelevant.length > 0 ? Infinity : m === 0 ? 1 : Math.sqrt(values[m - 1]! / Math.max(values[0]!, 1e-17));
  const flatDirections = vectors
    .filter((_, k) => values[k]! < values[m - 1]! * 1e-6)
    .map((vector) => Object.fromEntries(kept.map((k, a) => [name(k), vector[a]!])));
  return {
    conditionNumber,
    flatDirections: [...irrelevant.map((k) => ({ [name(k)]: 1 })), ...flatDirections],
    identified: conditionNumber < singular,
    irrelevant: irrelevant.map(name),
  };
}
