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

const quantities = ["nParams", "nTokens", "flops", "loss"] as const;

/** Refuse what is no array of runs, and runs whose logarithms do not exist; `of` is who asks. */
export function checkIsoflopRuns(of: string, runs: readonly IsoflopRun[]): void {
  requireRows(of, runs);
  runs.forEach((run, i) => {
    for (const name of quantities) {
      const value = run[name];
      if (!(value > 0 && value < Infinity)) requirePositive(name, value, { in: `run ${i + 1}` });
    }
  });
}
