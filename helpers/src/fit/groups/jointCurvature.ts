import { type Curvature, curvatureAt } from "../uncertainty/curvature.ts";
import { type ArrowInverse, invertArrow } from "./arrow.ts";
import type { SharedProblem } from "./SharedProblem.ts";
import { type OpenMember, openMembers } from "./sharedCurvature.ts";

/** What the sampling theory of a joint fit needs, group by group. */
export interface JointCurvature {
  readonly members: readonly OpenMember[];
  /** Of each group, the priors' part included. */
  readonly curved: readonly Curvature[];
  /** Own and shared coordinates of each group that lie inside their bounds: what is on one no longer scatters. */
  readonly places: readonly { readonly own: readonly number[]; readonly shared: readonly number[] }[];
  /** Undefined where the objective is flat. */
  readonly inverse: ArrowInverse | undefined;
  /** Runs with weight, and free parameters. */
  readonly runs: number;
  readonly free: number;
  /** Runs with weight less what the parameters spend of them: one each, less where a prior decides. */
  readonly freedom: number;
  /** As of a `Curvature`, over all runs. */
  readonly dispersion: number;
}

/** The curvature of a joint objective at the point that is held. */
export function jointCurvature(problem: SharedProblem): JointCurvature {
  const members = openMembers(problem);
  const curved = members.map(({ objective, z }) => curvatureAt(objective, z));
  const places = members.map((member, g) => insideOf(problem, member, g));
  const inverse = invertArrow(
    places.map((place, g) => ({ ...place, hessian: curved[g]!.hessian })),
    places[0]!.shared.length,
  );
  const used = problem.members.map(({ table }) =>
    table.w.reduce((count, weight) => count + (weight > 0 ? 1 : 0), 0),
  );
  const runs = used.reduce((sum, each) => sum + each, 0);
  const free = problem.members.reduce((sum, { best }) => sum + best.z.length, problem.shared.size);
  let believed = 0;
  for (const [g, block] of (inverse?.groups ?? []).entries()) {
    const { beliefs } = curved[g]!;
    const q = beliefs.length;
    for (const k of [...places[g]!.own, ...places[g]!.shared]) {
      if (beliefs[k]! > 0) believed += beliefs[k]! * block[k * q + k]!;
    }
  }
  const freedom = runs - free + believed;
  // Each group's part before anything was taken off for parameters.
  const total = curved.reduce(
    (sum, each, g) => sum + (used[g]! > 0 ? each.dispersion * Math.max(each.freedom, 1) : 0),
    0,
  );
  return {
    members,
    curved,
    places,
    inverse,
    runs,
    free,
    freedom,
    dispersion: total / Math.max(freedom, 1),
  };
}

function insideOf(problem: SharedProblem, { objective, own, shared }: OpenMember, g: number) {
  const { objective: inner, best } = problem.members[g]!;
  const isInside = (k: number) => {
    const slot = inner.coordinates.slot[objective.coordinates.free[k]!.members[0]!]!;
    const { lower, upper } = inner.coordinates.free[slot]!;
    return best.z[slot]! > lower && best.z[slot]! < upper;
  };
  const { free } = problem.shared;
  const scatters = (_: number, a: number) =>
    problem.at[a]! > free[a]!.lower && problem.at[a]! < free[a]!.upper;
  return { own: own.filter(isInside), shared: shared.filter(scatters) };
}
