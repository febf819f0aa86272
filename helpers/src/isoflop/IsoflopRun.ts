import { requirePositive } from "../numerics/arguments/requireNumber.ts";
import { requireRows } from "../numerics/arguments/requireRows.ts";
/** One trained model: its size, the compute it took and the loss it ended with. */
export interface IsoflopRun {
  /** Parameters, a count. */
  readonly nParams: number;
  /** Training tokens, a count. */
  readonly nTokens: number;
  /** Training compute in FLOPs (6 nParams nTokens unless the paper counts otherwise). */
  readonly flops: number;
  /** Final loss, nats per token. */
  readonly loss: number;
}

/** Refuse what is no array of runs, and runs whose logarithms do not exist; `of` is who asks. */
export function checkIsoflopRuns(of: string, runs: readonly IsoflopRun[]): void {
  requireRows(of, runs);
  runs.forEach((run, i) => {
    const place = { in: `run ${i + 1}` };
    for (const name of ["nParams", "nTokens", "flops", "loss"] as const) {
      requirePositive(name, run[name], place);
    }
  });
}
