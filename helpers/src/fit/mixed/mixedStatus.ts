import { formatNumber } from "../../format/formatNumber.ts";
import type { Law } from "../../laws/definition/Law.ts";
import type { GroupedRuns } from "../groups/splitRuns.ts";
import type { FitStatus } from "../objective/FitOptions.ts";
import { type MixedMinimum, usedRuns } from "./alternate.ts";

/** Whether to believe a mixed fit, in words that name its parameters. */
export function mixedStatus(
  { solution, converged, rounds, factor }: MixedMinimum,
  names: readonly string[],
  { tables }: GroupedRuns,
  isLog: boolean,
  outside: readonly string[],
): { status: FitStatus; reason: string } {
  const r = names.length;
  const refuse = (reason: string) => ({ status: "not-identified" as const, reason });
  const sizes = tables.map(({ w }) => usedRuns(w)).filter((used) => used > 0);
  const runs = sizes.reduce((sum, used) => sum + used, 0);
  if (sizes.length <= r) {
    return refuse(
      `${sizes.length} groups cannot tell how ${r} parameters scatter; let fewer of them be random`,
    );
  }
  if (runs <= sizes.length * r) {
    return refuse(
      `${runs} runs in ${sizes.length} groups cannot tell the scatter of ${names.join(" and ")} from the noise; add runs to the groups, or let fewer parameters be random`,
    );
  }
  if (!solution?.inverse.every(Number.isFinite)) {
    return refuse("the runs do not determine the common parameters; fix one, or add runs");
  }
  const response = isLog ? 1 : typicalSizeOf(tables);
  if (!(solution.sigma > 1e-12 * response)) {
    return refuse(
      "the runs lie on their groups' curves to rounding: there is no noise to measure the spread by",
    );
  }
  if (!converged) {
    return refuse(
      `parameters and spread still moved after ${rounds} rounds; let fewer parameters be random, or set correlated: false`,
    );
  }
  const spreadOf = (k: number) => Math.hypot(...factor.subarray(k * r, k * r + k + 1));
  const still = names.filter((_, k) => !(spreadOf(k) > 0));
  if (still.length > 0) {
    return {
      status: "at-bound",
      reason: `the groups show no scatter of ${still.join(" and ")} beyond the noise: its spread ended at 0`,
    };
  }
  const tied = names.findIndex((_, k) => factor[k * r + k] === 0);
  if (tied >= 0) {
    const before = names.slice(0, tied);
    const [first] = before;
    const how =
      before.length === 1
        ? `the correlation of ${first} and ${names[tied]} ended at ${formatNumber(Math.sign(factor[tied * r]! * factor[0]!), 1)}`
        : `${names[tied]} follows from ${before.join(" and ")} without any scatter of its own`;
    return {
      status: "at-bound",
      reason: `${how}: the groups do not show ${r} ways to differ; let fewer parameters be random, or set correlated: false`,
    };
  }
  if (outside.length > 0) {
    const more = outside.length > 3 ? ` and ${outside.length - 3} more` : "";
    return {
      status: "at-bound",
      reason: `${outside.slice(0, 3).join(", ")}${more}: a normal scatter knows no end; hold the parameter, or take fitGroups, which keeps the domain`,
    };
  }
  return { status: "converged", reason: "a maximum of the likelihood inside the bounds" };
}

/** In words, the parameters of a group that the law does not allow. */
export function outsideDomain<P extends string>(
  { parameters: declared }: Law<string, P>,
  of: string,
  parameters: Readonly<Record<P, number>>,
): string[] {
  return declared.flatMap(({ name, domain: [low, high] }) => {
    const value = parameters[name];
    return value < low || value > high
      ? [`${name} of ${of} is ${formatNumber(value, 3)}, outside its domain [${low}, ${high}]`]
      : [];
  });
}

/** The mean size of the response over the runs that count. */
function typicalSizeOf(tables: GroupedRuns["tables"]): number {
  let [total, count] = [0, 0];
  for (const { y, w } of tables) {
    for (const [i, value] of y.entries()) {
      if (!(w[i]! > 0)) continue;
      total += Math.abs(value);
      count++;
    }
  }
  return total / count;
}
