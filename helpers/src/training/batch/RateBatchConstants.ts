import type { ValleyParameter } from "../../laws/batch/rateBatchValley.ts";
import type { RateBatchFit, ValleyShape } from "./fitRateBatch.ts";

/** A fitted valley as plain constants, with what its uncertainty is read from. */
export interface RateBatchConstants {
  readonly parameters: Readonly<Record<ValleyParameter, number>>;
  /** The shape without each grid in turn, by `withoutEachGrid`. */
  readonly replicates: readonly ValleyShape[];
  readonly source: string;
  readonly units?: Readonly<Record<string, string>>;
  /** Smallest and largest value in the runs behind it. */
  readonly fitted: Readonly<Record<"nParams" | "nTokens" | "batchTokens", readonly [number, number]>>;
  /** Optimizer, schedule and counting that the constants are for. */
  readonly conditions: string;
}

/**
 * Constants of a valley of your own, for `rateAndBatch` and `drawRateAndBatch`.
 *
 * @param fit made by `fitRateBatch`
 * @param replicates made by `withoutEachGrid` from the same runs
 * @param about where the runs come from, their batches, and the optimizer and schedule
 *
 * @example
 * import { fitRateBatch, rateAndBatch, rateBatchConstants, withoutEachGrid } from "isoflop";
 * import { stepLawDense } from "isoflop-datasets";
 * const runs = stepLawDense();
 * const fit = fitRateBatch(runs);
 * const valley = rateBatchConstants(fit, withoutEachGrid(runs, fit), {
 *   source: "my sweep, 2025", batchTokens: [65536, 4.2e6], conditions: "AdamW, cosine",
 * });
 * rateAndBatch({ nParams: 1e9, nTokens: 1e11, valley }).batchTokens.value; // => 8.65e5
 */
export function rateBatchConstants(
  fit: RateBatchFit,
  replicates: readonly ValleyShape[],
  about: {
    readonly source: string;
    readonly batchTokens: readonly [number, number];
    readonly conditions: string;
  },
): RateBatchConstants {
  const range = (key: "nParams" | "nTokens"): [number, number] => {
    const values = fit.grids.map((grid) => grid[key]);
    return [Math.min(...values), Math.max(...values)];
  };
  return {
    parameters: fit.law.parameters,
    replicates,
    source: about.source,
    fitted: { nParams: range("nParams"), nTokens: range("nTokens"), batchTokens: about.batchTokens },
    conditions: about.conditions,
  };
}
