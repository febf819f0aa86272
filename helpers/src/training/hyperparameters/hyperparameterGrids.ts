import { requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";

const fields = ["nParamsNonEmbedding", "nTokens", "learningRate", "batchTokens", "loss"] as const;

/** One run of a sweep over learning rate and batch size. */
export interface SweepRun {
  /** Parameters without embeddings. */
  readonly nParamsNonEmbedding: number;
  readonly nTokens: number;
  /** Peak learning rate. */
  readonly learningRate: number;
  readonly batchTokens: number;
  /** Nats per token. */
  readonly loss: number;
}

/** The runs of one model size and number of tokens, which differ in learning rate and batch only. */
export interface HyperparameterGrid<R extends SweepRun = SweepRun> {
  readonly nParamsNonEmbedding: number;
  readonly nTokens: number;
  readonly runs: readonly R[];
  /** The run of least loss. */
  readonly best: R;
}

/**
 * Groups the runs of a sweep by model size and tokens, in the order of first appearance.
 *
 * @param key what else must agree, such as the experts of a mixture
 * @throws RangeError when a field of a run is not > 0
 *
 * @example
 * import { hyperparameterGrids } from "isoflop";
 * import { stepLawDense } from "isoflop-datasets";
 * hyperparameterGrids(stepLawDense()).length; // => 17
 */
export function hyperparameterGrids<R extends SweepRun>(
  runs: readonly R[],
  key: (run: R) => string = () => "",
): HyperparameterGrid<R>[] {
  requireRows("hyperparameterGrids", runs);
  runs.forEach((run, row) => {
    for (const name of fields) requirePositive(name, run[name], { in: `row ${row}` });
  });
  const groups = new Map<string, R[]>();
  for (const run of runs) {
    const name = `${run.nParamsNonEmbedding} ${run.nTokens} ${key(run)}`;
    const group = groups.get(name);
    if (group) group.push(run);
    else groups.set(name, [run]);
  }
  return [...groups.values()].map((group) => {
    const best = group.reduce((least, run) => (run.loss < least.loss ? run : least));
    return { nParamsNonEmbedding: best.nParamsNonEmbedding, nTokens: best.nTokens, runs: group, best };
  });
}
