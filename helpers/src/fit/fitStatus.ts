import { typicalSize } from "../numerics/typicalSize.ts";
import { type Identification, identify } from "./identify.ts";
import type { FitStatus } from "./objective/FitOptions.ts";
import type { Objective } from "./objective/Objective.ts";
import type { Minimum } from "./search/bfgs.ts";

/** Whether to believe a minimum, and why, in words a person can act on. */
export function fitStatus(
  objective: Objective,
  minimum: Minimum,
): { identification: Identification; status: FitStatus; reason: string } {
  const { coordinates, law } = objective;
  const label = (k: number) => coordinates.free[k]!.members.map((j) => law.parameters[j]!.name).join(" = ");
  const side = coordinates.free.map(({ log, lower, upper, members }, k) => {
    // A search ends on the bound or a little before, as rounding has it: where the bound is no worse. In a small unit of
    // the response a floor may be as close to 0 and still be one.
    const close = log ? 0 : 1e-9 * law.parameters[members[0]!]!.start[1];
    const ends = (bound: number) => {
      const z = minimum.z.slice();
      if (z[k] === bound || !(Math.abs(z[k]! - bound) <= close)) return z[k] === bound;
      z[k] = bound;
      return objective.evaluate(z, new Float64Array(z.length)) <= minimum.value * (1 + 1e-9);
    };
    return ends(lower) ? "lower" : ends(upper) ? "upper" : undefined;
  });
  const identification = identify(
    objective,
    minimum.z,
    side.map((s) => s !== undefined),
  );
  const used = objective.w.reduce((count, weight) => count + (weight > 0 ? 1 : 0), 0);
  const refuse = (reason: string) => ({ identification, status: "not-identified" as const, reason });
  if (!(minimum.value < Infinity)) {
    return refuse("the objective is finite nowhere; check the units of the runs or set `start`");
  }
  if (used + coordinates.priors.length < coordinates.size) {
    return refuse(
      `${used} runs cannot determine ${coordinates.size} parameters; add runs, or fix or tie some`,
    );
  }
  if (!identification.identified) {
    const flat = identification.irrelevant.length
      ? `${identification.irrelevant.join(" and ")} do not change any prediction`
      : `moving ${describe(identification.flatDirections[0])} together changes no prediction`;
    return refuse(`${flat}; vary the missing variable in the runs, or fix or tie one`);
  }
  // At rounding error there is nothing left to descend.
  if (!minimum.converged && typicalSize(objective.residual) > 1e-12) {
    return refuse(
      `the search stopped after ${minimum.iterations} steps while still descending; set \`start\` or \`bounds\``,
    );
  }
  const bound = side.flatMap((s, k) => {
    const { log, lower, upper, members } = coordinates.free[k]!;
    if (!s || lower === upper) return [];
    const value = s === "lower" ? lower : upper;
    const end = log ? Math.exp(value) : value;
    const own = members.some((j) => law.parameters[j]!.domain[s === "lower" ? 0 : 1] === end);
    return own
      ? [`${label(k)} ended on the ${s} end ${end} of its domain: the runs show no sign of its term`]
      : [`${label(k)} ended on its ${s} bound ${end}: the runs would fit better beyond it`];
  });
  if (bound.length > 0) return { identification, status: "at-bound", reason: bound.join("; ") };
  return { identification, status: "converged", reason: "a minimum inside the bounds" };
}

function describe(direction: Readonly<Record<string, number>> | undefined): string {
  return Object.entries(direction ?? {})
    .filter(([, share]) => Math.abs(share) > 0.1)
    .map(([name]) => name)
    .join(", ");
}
