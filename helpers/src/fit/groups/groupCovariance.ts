import { indexOfName } from "../../numerics/arguments/indexOfName.ts";
import { nearestName } from "../../numerics/arguments/nearestName.ts";
import { requireLevel } from "../../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { studentTQuantile } from "../../numerics/distributions/studentT.ts";
import { groupSandwich } from "./groupSandwich.ts";
import { type JointCurvature, jointCurvature } from "./jointCurvature.ts";
import type { SharedProblem } from "./SharedProblem.ts";

/** What `GroupFit.covariance` assumes of the noise. */
export interface GroupCovarianceOptions {
  /** `hessian` (default): the same noise for every run. `sandwich`: any noise, with many runs in each group. */
  readonly kind?: "hessian" | "sandwich";
}

/** Large-sample covariance of a joint fit. Made by `GroupFit.covariance`. */
export interface GroupCovariance<P extends string = string> {
  /** Standard errors of the shared parameters, and of each group's own. */
  readonly standardErrors: {
    readonly shared: Readonly<Record<P, number>>;
    readonly groups: Readonly<Record<string, Readonly<Record<P, number>>>>;
  };
  /** Covariance of two parameters of a group (own or shared), in the product of their units. */
  between(a: P, b: P, group: string | number): number;
  /**
   * Wald interval by Student's t on the coordinate of the search, so that positive parameters stay positive. A shared
   * parameter needs no group.
   */
  interval(name: P, group?: string | number, level?: number): readonly [number, number];
  /** Runs with weight minus free parameters, less than one for a parameter that its prior decides. */
  readonly freedom: number;
  /** What lies on a bound, whose errors of 0 mean that it was taken as given; empty where nothing does. */
  readonly notes: readonly string[];
}

/** See `GroupFit.covariance`. */
export function groupCovariance<P extends string>(
  problem: SharedProblem,
  groups: readonly string[],
  options: GroupCovarianceOptions,
): GroupCovariance<P> {
  requireOptions("covariance", options, ["kind"]);
  const { kind = "hessian" } = options;
  requireOneOf("kind", kind, ["hessian", "sandwich"]);
  const joint = jointCurvature(problem);
  const { members, inverse, freedom, dispersion } = joint;
  if (!inverse || freedom < 1) {
    const reason =
      freedom < 1
        ? `${joint.runs} runs and ${joint.free} parameters leave nothing to tell the noise by`
        : "the objective is flat";
    throw new RangeError(`there is no covariance: ${reason}; share or fix a parameter`);
  }
  const covariances =
    kind === "hessian"
      ? inverse.groups.map((block) => block.map((entry) => entry * dispersion))
      : groupSandwich(joint, inverse);

  const names = problem.law.parameters.map(({ name }) => name);
  const groupOf = (group: string | number | undefined, name: string) => {
    if (group === undefined && problem.shared.slot[indexOfName(names, name)]! >= 0) return 0;
    const g = groups.indexOf(String(group));
    if (g >= 0) return g;
    const wayOut =
      group === undefined ? `say of which group` : `did you mean ${nearestName(String(group), groups)}?`;
    throw new RangeError(`${name} has a value in each group; ${wayOut}`);
  };
  const variance = (a: number, b: number, g: number) => {
    const { objective, z } = members[g]!;
    const { slot, free: coordinates } = objective.coordinates;
    const [k, l] = [slot[a]!, slot[b]!];
    if (k < 0 || l < 0) return 0;
    const slope = (at: number) => (coordinates[at]!.log ? Math.exp(z[at]!) : 1);
    return covariances[g]![k * z.length + l]! * slope(k) * slope(l);
  };
  const errors = (g: number, wanted: (j: number) => boolean) =>
    Object.freeze(
      Object.fromEntries(
        names.flatMap((name, j) => (wanted(j) ? [[name, Math.sqrt(variance(j, j, g))]] : [])),
      ),
    ) as Readonly<Record<P, number>>;
  const isShared = (j: number) => problem.shared.slot[j]! >= 0;
  return Object.freeze({
    standardErrors: Object.freeze({
      shared: errors(0, isShared),
      groups: Object.freeze(
        Object.fromEntries(groups.map((name, g) => [name, errors(g, (j) => !isShared(j))])),
      ),
    }),
    between: (a: P, b: P, group: string | number) =>
      variance(indexOfName(names, a), indexOfName(names, b), groupOf(group, a)),
    interval(name: P, group?: string | number, level = 0.95): readonly [number, number] {
      requireLevel(level);
      const g = groupOf(group, name);
      const j = indexOfName(names, name);
      const { objective, z } = members[g]!;
      const k = objective.coordinates.slot[j]!;
      if (k < 0) return [objective.coordinates.constant[j]!, objective.coordinates.constant[j]!];
      const reach =
        studentTQuantile((1 + level) / 2, freedom) * Math.sqrt(covariances[g]![k * z.length + k]!);
      return objective.coordinates.free[k]!.log
        ? [Math.exp(z[k]! - reach), Math.exp(z[k]! + reach)]
        : [z[k]! - reach, z[k]! + reach];
    },
    freedom,
    notes: Object.freeze(boundNotes(problem, joint, groups)),
  });
}

function boundNotes(
  { law, shared }: SharedProblem,
  { members, places }: JointCurvature,
  groups: readonly string[],
): string[] {
  const held = members.flatMap(({ objective, own, shared: common }, g) => {
    const nameOf = (k: number) => law.parameters[objective.coordinates.free[k]!.members[0]!]!.name;
    const missing = (all: readonly number[], inside: readonly number[]) =>
      all.filter((k) => !inside.includes(k)).map(nameOf);
    return [
      ...(g === 0 && shared.size > 0
        ? missing(common, places[0]!.shared).map((name) => `the shared ${name}`)
        : []),
      ...missing(own, places[g]!.own).map((name) => `${name} of ${groups[g]}`),
    ];
  });
  return held.map((name) => `${name} lies on a bound: the errors of the others hold with it there`);
}
