import type { FitStatus } from "../objective/FitOptions.ts";
import type { Minimum } from "../search/bfgs.ts";
import { gaussNewton } from "../search/gaussNewton.ts";
import { invertArrow } from "./arrow.ts";
import type { SharedProblem } from "./SharedProblem.ts";
import { openMembers } from "./sharedCurvature.ts";

/** A direction this flat beside the steepest has no digits left, see `identify`. */
const singular = 1e14;

/** Whether to believe a joint minimum, in words that name groups and parameters. */
export function groupStatus(
  problem: SharedProblem,
  names: readonly string[],
  minimum: Minimum,
): { status: FitStatus; reason: string } {
  const refuse = (reason: string) => ({ status: "not-identified" as const, reason });
  if (!(minimum.value < Infinity)) {
    return refuse("the objective is not finite anywhere that was searched; check the units of the runs");
  }
  let runs = 0;
  const short = problem.members.flatMap(({ table, best, objective }, g) => {
    const used = table.w.reduce((count, weight) => count + (weight > 0 ? 1 : 0), 0);
    runs += used;
    const wanted = best.z.length - objective.coordinates.priors.length;
    return used < wanted ? [`${names[g]} has ${used} runs for ${wanted} parameters of its own`] : [];
  });
  if (short.length > 0) return refuse(`${listed(short)}; add runs, drop the group, or share a parameter`);
  const sought =
    problem.shared.size -
    problem.shared.priors.length +
    problem.members.reduce(
      (sum, { best, objective }) => sum + best.z.length - objective.coordinates.priors.length,
      0,
    );
  if (runs < sought) {
    return refuse(`${runs} runs cannot determine ${sought} parameters; add runs, or share or fix some`);
  }
  const flat = flatGroups(problem, names);
  if (flat.length > 0) {
    return refuse(
      `the runs of ${listed(flat)} do not determine its parameters; add runs, or share a parameter`,
    );
  }
  if (!sharedIsDetermined(problem)) {
    return refuse("the runs do not determine the shared parameters beside the groups' own; fix one of them");
  }
  if (!minimum.converged) return refuse("the search stopped while still descending; set `bounds`");
  const atBound = problem.members.flatMap(({ objective, best }, g) =>
    objective.coordinates.free.flatMap(({ members, lower, upper }, k) => {
      const z = best.z[k]!;
      if (lower === upper || (z > lower && z < upper)) return [];
      return [`${problem.law.parameters[members[0]!]!.name} of ${names[g]}`];
    }),
  );
  problem.shared.free.forEach(({ members, lower, upper }, k) => {
    const z = minimum.z[k]!;
    if (lower !== upper && (z <= lower || z >= upper))
      atBound.push(`the shared ${problem.law.parameters[members[0]!]!.name}`);
  });
  if (atBound.length > 0) {
    return { status: "at-bound", reason: `${listed(atBound)} ended on a bound or the end of its domain` };
  }
  return { status: "converged", reason: "a minimum inside the bounds" };
}

function listed(parts: readonly string[]): string {
  const more = parts.length > 4 ? ` and ${parts.length - 4} more` : "";
  return `${parts.slice(0, 4).join(", ")}${more}`;
}

/** Groups whose own parameters their runs leave open, coordinates on a bound left out. */
function flatGroups(problem: SharedProblem, names: readonly string[]): string[] {
  return problem.members.flatMap(({ objective, best }, g) => {
    const q = best.z.length;
    const { free } = objective.coordinates;
    const inside = free.flatMap(({ lower, upper }, k) =>
      best.z[k]! > lower && best.z[k]! < upper ? [k] : [],
    );
    const hessian = gaussNewton(objective, best.z, "design");
    // How far a step of the parameter's own size moves the predictions, beside the one that moves them most.
    const relevance = (k: number) =>
      hessian[k * q + k]! * (free[k]!.log ? 1 : Math.max(Math.abs(best.z[k]!), 1e-12)) ** 2;
    const largest = Math.max(0, ...inside.map(relevance));
    if (inside.some((k) => !(relevance(k) > 1e-24 * largest))) return [names[g]!];
    const scaled = (a: number, b: number) =>
      hessian[a * q + b]! / Math.sqrt(hessian[a * q + a]! * hessian[b * q + b]!);
    return inside.length > 0 && !isRegular(inside.length, (a, b) => scaled(inside[a]!, inside[b]!))
      ? [names[g]!]
      : [];
  });
}

function sharedIsDetermined(problem: SharedProblem): boolean {
  const s = problem.shared.size;
  if (s === 0) return true;
  const blocks = openMembers(problem).map(({ objective, z, own, shared }) => {
    const hessian = gaussNewton(objective, z, "design");
    const q = z.length;
    const inside = own.filter((k) => hessian[k * q + k]! > 0);
    return { hessian, own: inside, shared };
  });
  const inverse = invertArrow(blocks, s)?.shared;
  if (!inverse?.every(Number.isFinite)) return false;
  const scaled = (a: number, b: number) =>
    inverse[a * s + b]! / Math.sqrt(inverse[a * s + a]! * inverse[b * s + b]!);
  return isRegular(s, scaled);
}

/** Whether a matrix with a unit diagonal can be inverted with some digits to spare, by its pivots. */
function isRegular(size: number, entry: (a: number, b: number) => number): boolean {
  const a = Array.from({ length: size }, (_, i) =>
    Float64Array.from({ length: size }, (_unused, j) => entry(i, j)),
  );
  for (let k = 0; k < size; k++) {
    const pivot = a[k]![k]!;
    if (!(pivot > 1 / singular)) return false;
    for (let i = k + 1; i < size; i++) {
      const share = a[i]![k]! / pivot;
      for (let j = k; j < size; j++) a[i]![j]! -= share * a[k]![j]!;
    }
  }
  return true;
}
