import { Coordinates } from "../objective/Coordinates.ts";
import { Objective } from "../objective/Objective.ts";
import { gaussNewton } from "../search/gaussNewton.ts";
import { invertArrow } from "./arrow.ts";
import type { SharedProblem } from "./SharedProblem.ts";

/** A group's objective with the shared parameters free as well, and where they stand in its coordinates. */
export interface OpenMember {
  readonly objective: Objective;
  readonly z: Float64Array;
  readonly own: readonly number[];
  /** For each shared coordinate its place among the group's. */
  readonly shared: readonly number[];
}

/**
 * Every group with all its parameters free, at the values that are held, and with the priors of its own. The shared
 * parameters' priors stand in the first group: they count once.
 */
export function openMembers(problem: SharedProblem): OpenMember[] {
  const { law, shared, priors } = problem;
  const p = law.parameters.length;
  return problem.members.map((member, g) => {
    const { coordinates, loss, logResidual, x, target, w, n } = member.objective;
    const names = law.parameters.map(({ name }) => name);
    const isShared = (j: number) => shared.slot[j]! >= 0;
    const fixed: Record<string, number> = {};
    const tied: Record<string, string> = {};
    for (let j = 0; j < p; j++) {
      const slots = isShared(j) ? shared : coordinates;
      const slot = slots.slot[j]!;
      if (slot < 0) fixed[names[j]!] = coordinates.constant[j]!;
      else if (slots.free[slot]!.members[0] !== j) tied[names[j]!] = names[slots.free[slot]!.members[0]!]!;
    }
    const held = Object.fromEntries(
      names.flatMap((name, j) => (priors[name] && (g === 0 || !isShared(j)) ? [[name, priors[name]]] : [])),
    );
    const all = new Coordinates(law, { fixed, tied, priors: held });
    const objective = new Objective(law, all, loss, logResidual, x, target, w, n);
    const z = all.fromParameters(problem.parametersOf(member));
    const own: number[] = [];
    const places: number[] = [];
    all.free.forEach(({ members }, k) => {
      if (isShared(members[0]!)) places[shared.slot[members[0]!]!] = k;
      else own.push(k);
    });
    return { objective, z, own, shared: places };
  });
}

/** Estimate of the inverse Hessian over the shared coordinates, with the groups' own parameters following. */
export function sharedCurvature(problem: SharedProblem, z: Float64Array): Float64Array {
  problem.hold(z);
  const s = problem.shared.size;
  const blocks = openMembers(problem).map(({ objective, z: at, own, shared }) => {
    const hessian = gaussNewton(objective, at);
    const q = at.length;
    for (let a = 0; a < q; a++) hessian[a * q + a] = hessian[a * q + a]! * (1 + 1e-10) + 1e-300;
    return { hessian, own, shared };
  });
  const inverse = invertArrow(blocks, s)?.shared;
  if (inverse?.every(Number.isFinite)) return inverse;
  const identity = new Float64Array(s * s);
  for (let a = 0; a < s; a++) identity[a * s + a] = 1e-4;
  return identity;
}
