import { indexOfName } from "../../numerics/arguments/indexOfName.ts";
import { nearestName } from "../../numerics/arguments/nearestName.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { studentTQuantile } from "../../numerics/distributions/studentT.ts";
import { type Curvature, curvatureAt } from "../uncertainty/curvature.ts";
import { type ArrowInverse, invertArrow, spread } from "./arrow.ts";
import type { SharedProblem } from "./SharedProblem.ts";
import { type OpenMember, openMembers } from "./sharedCurvature.ts";

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
  /** Runs minus free parameters. */
  readonly freedom: number;
}

/** The dispersion of all runs: that of each group, before its own parameters were allowed for, by its runs. */
export function jointDispersion(
  problem: SharedProblem,
  curved: readonly Curvature[],
  freedom: number,
): number {
  let total = 0;
  for (const [g, { dispersion, freedom: left }] of curved.entries()) {
    const { n, w } = problem.members[g]!.table;
    const used = w.reduce((count, weight) => count + (weight > 0 ? 1 : 0), 0);
    total += dispersion * Math.max(left, 1) * (n / used);
  }
  return total / Math.max(freedom, 1);
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
  const members = openMembers(problem);
  const runs = problem.members.reduce((sum, { table }) => sum + table.n, 0);
  const free = problem.members.reduce((sum, { best }) => sum + best.z.length, problem.shared.size);
  const freedom = runs - free;
  const curved = members.map((member) => curvatureAt(member.objective, member.z));
  const inverse = invertArrow(
    members.map((member, g) => ({ ...insideOf(problem, member, g), hessian: curved[g]!.hessian })),
    problem.shared.size,
  );
  if (!inverse || freedom < 1) {
    const reason =
      freedom < 1
        ? `${runs} runs and ${free} parameters leave nothing to tell the noise by`
        : "the objective is flat";
    throw new RangeError(`there is no covariance: ${reason}; share or fix a parameter`);
  }
  const dispersion = jointDispersion(problem, curved, freedom);
  const places = members.map((member, g) => insideOf(problem, member, g));
  const covariances =
    kind === "hessian"
      ? inverse.groups.map((block) => block.map((entry) => entry * dispersion))
      : sandwich(members, places, curved, inverse, runs / freedom);

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
  });
}

/** A group's coordinates without those of its own that lie on a bound, which no longer scatter. */
function insideOf(problem: SharedProblem, { objective, own, shared }: OpenMember, g: number) {
  const { objective: inner, best } = problem.members[g]!;
  const isInside = (k: number) => {
    const slot = inner.coordinates.slot[objective.coordinates.free[k]!.members[0]!]!;
    const { lower, upper } = inner.coordinates.free[slot]!;
    return best.z[slot]! > lower && best.z[slot]! < upper;
  };
  return { own: own.filter(isInside), shared };
}

/** Every run's pull on shared and own parameters, squared and summed. */
function sandwich(
  members: readonly OpenMember[],
  places: readonly { readonly own: readonly number[]; readonly shared: readonly number[] }[],
  curved: readonly { readonly scores: Float64Array }[],
  inverse: ArrowInverse,
  correction: number,
): Float64Array[] {
  const s = places[0]!.shared.length;
  // How far each run moves the shared parameters, and its own group's beyond what follows from that.
  const pulls = members.map(({ objective, z }, g) => {
    const { own, shared } = places[g]!;
    const { scores } = curved[g]!;
    const q = z.length;
    const m = own.length;
    return Array.from({ length: objective.n }, (_, i) => {
      const score = (k: number) => scores[i * q + k]!;
      const reduced = Float64Array.from({ length: s }, (_unused, a) => {
        let sum = score(shared[a]!);
        for (let k = 0; k < m; k++) sum += inverse.follow[g]![k * s + a]! * score(own[k]!);
        return sum;
      });
      const ofShared = Float64Array.from({ length: s }, (_unused, a) =>
        reduced.reduce((sum, each, b) => sum + inverse.shared[a * s + b]! * each, 0),
      );
      const ofOwn = Float64Array.from({ length: m }, (_unused, k) =>
        own.reduce((sum, place, l) => sum + inverse.inner[g]![k * m + l]! * score(place), 0),
      );
      return { ofShared, ofOwn };
    });
  });
  const total = new Float64Array(s * s);
  for (const { ofShared } of pulls.flat()) addOuter(total, ofShared, s);
  return members.map((_, g) => {
    const { own, shared } = places[g]!;
    const m = own.length;
    const q = m + s;
    const zero = new Float64Array(m * m);
    const others = total.slice();
    for (const { ofShared } of pulls[g]!) addOuter(others, ofShared, s, -1);
    const size = members[g]!.z.length;
    const out = spread(
      { hessian: new Float64Array(size * size), own, shared },
      zero,
      inverse.follow[g]!,
      others,
    );
    const place = [...own, ...shared];
    for (const { ofShared, ofOwn } of pulls[g]!) {
      const move = Float64Array.from({ length: q }, (_unused, k) => {
        if (k >= m) return ofShared[k - m]!;
        let sum = ofOwn[k]!;
        for (let a = 0; a < s; a++) sum += inverse.follow[g]![k * s + a]! * ofShared[a]!;
        return sum;
      });
      for (let a = 0; a < q; a++)
        for (let b = 0; b < q; b++) out[place[a]! * size + place[b]!]! += move[a]! * move[b]!;
    }
    return out.map((entry) => entry * correction);
  });
}

function addOuter(matrix: Float64Array, v: Float64Array, s: number, sign = 1): void {
  for (let a = 0; a < s; a++) for (let b = 0; b < s; b++) matrix[a * s + b]! += sign * v[a]! * v[b]!;
}
