import type { RunTable } from "../../tables/RunTable.ts";

/** Runs with a size and data as those of a sweep of budgets; the compute of those that say none is 6 N D. */
export function sweepOf(runs: RunTable): { nParams: number; nTokens: number; flops: number; loss: number }[] {
  return runs.records().map(({ nParams, nTokens, flops, loss }) => ({
    nParams: nParams!,
    nTokens: nTokens!,
    flops: flops ?? 6 * nParams! * nTokens!,
    loss: loss!,
  }));
}
