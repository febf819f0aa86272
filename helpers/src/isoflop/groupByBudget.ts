import { refusal } from "../numerics/arguments/requireNumber.ts";
import { requireRows } from "../numerics/arguments/requireRows.ts";
import { mean } from "../numerics/mean.ts";
import type { IsoflopRun } from "./IsoflopRun.ts";

/** Runs that spent the same compute, up to a few per cent. */
export interface BudgetGroup<R extends IsoflopRun = IsoflopRun> {
  /** Geometric mean of the runs' compute, FLOPs. */
  readonly flops: number;
  readonly runs: readonly R[];
}

/**
 * Split runs into budgets: sorted by compute, a new budget begins where compute jumps by more than `ratio`.
 *
 * @param ratio largest step in compute inside one budget (default 1.1; published budgets lie 1.6 or more apart)
 * @throws RangeError if `ratio` is not above 1
 */
export function groupByBudget<R extends IsoflopRun>(runs: readonly R[], ratio = 1.1): BudgetGroup<R>[] {
  requireRows("groupByBudget", runs);
  if (!(ratio > 1)) throw refusal("ratio", "must be > 1", ratio, "1.1 is usual");
  const sorted = [...runs].sort((p, q) => p.flops - q.flops);
  const groups: R[][] = [];
  let group: R[] = [];
  let spent = -Infinity;
  for (const run of sorted) {
    if (!(run.flops <= spent * ratio)) {
      group = [];
      groups.push(group);
    }
    group.push(run);
    spent = run.flops;
  }
  return groups.map((group) => ({ flops: geometricMean(group.map((run) => run.flops)), runs: group }));
}

function geometricMean(values: readonly number[]): number {
  // Equal values must come back exactly: exp(log(x)) would smear the last digits of a stated budget.
  if (values.every((value) => value === values[0])) return values[0]!;
  return Math.exp(mean(values.map(Math.log)));
}
