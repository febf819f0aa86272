import { requirePositive } from "../numerics/requireNumber.ts";
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

/** Refuse runs whose logarithms do not exist. */
export function checkIsoflopRuns(runs: readonly IsoflopRun[]): void {
  runs.forEach((run, i) => {
    const place = { in: `run ${i + 1}` };
    for (const name of ["nParams", "nTokens", "flops", "loss"] as const) {
      requirePositive(name, run[name], place);
    }
  });
}
