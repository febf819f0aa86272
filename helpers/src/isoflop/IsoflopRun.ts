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
    for (const name of ["nParams", "nTokens", "flops", "loss"] as const) {
      const value = run[name];
      if (!(Number.isFinite(value) && value > 0)) {
        throw new RangeError(
          `${name} must be a finite number > 0, got ${value} in run ${i + 1}; drop the run or fix the file`,
        );
      }
    }
  });
}
