import { requireRows } from "../../numerics/arguments/requireRows.ts";
import type { LimitedDataRun } from "./fitRStar.ts";
import { requireLimitedRun } from "./requireLimitedRun.ts";

/** A run that repeats its text, beside one of the same size and total tokens that does not. */
export interface RepetitionPair<Run extends LimitedDataRun = LimitedDataRun> {
  readonly repeated: Run;
  readonly fresh: Run;
  /** Measured cost of repetition: loss over the loss on fresh text, minus 1. */
  readonly cost: number;
}

/**
 * Every run that repeats its text with its twin on fresh text (same parameters, same total tokens): their ratio is what
 * repetition costs, whatever the level of the loss.
 *
 * Of several fresh runs of one size and total the last is taken.
 *
 * @throws TypeError when the runs are no list; RangeError when a count or a loss is not > 0.
 *
 * @example
 * ```ts
 * import { repetitionPairs } from "isoflop";
 * import { muennighoffRuns } from "isoflop-datasets";
 * repetitionPairs(muennighoffRuns()).length; // => 66
 * ```
 */
export function repetitionPairs<Run extends LimitedDataRun>(runs: readonly Run[]): RepetitionPair<Run>[] {
  requireRows("repetitionPairs", runs);
  for (const [i, run] of runs.entries()) requireLimitedRun(run, `row ${i}`);
  const twins = new Map<string, Run>();
  for (const run of runs) {
    if (run.uniqueTokens >= run.nTokens) twins.set(`${run.nParams} ${run.nTokens}`, run);
  }
  return runs.flatMap((repeated) => {
    const fresh = twins.get(`${repeated.nParams} ${repeated.nTokens}`);
    if (!fresh || repeated.uniqueTokens >= repeated.nTokens) return [];
    return [{ repeated, fresh, cost: repeated.loss / fresh.loss - 1 }];
  });
}
