import type { ValleyParameter } from "../../laws/batch/rateBatchValley.ts";
import { describeGiven } from "../../numerics/arguments/describeGiven.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { hyperparameterGrids, type SweepRun } from "../hyperparameters/hyperparameterGrids.ts";
import { fitRateBatch, type RateBatchOptions, type ValleyShape } from "./fitRateBatch.ts";
import { ownOptimum } from "./ownOptimum.ts";
import { bestSettings } from "./valleyShares.ts";
import { withoutEachGrid } from "./withoutEachGrid.ts";

/** A fitted valley as plain constants, with what its uncertainty is read from. */
export interface RateBatchConstants {
  readonly parameters: Readonly<Record<ValleyParameter, number>>;
  /** The shape without each grid in turn, by `withoutEachGrid`. */
  readonly replicates: readonly ValleyShape[];
  /** By grid: how far its own best rate and batch lie above the law's, in ln. */
  readonly scatter: readonly (readonly [number, number])[];
  readonly source: string;
  /** Smallest and largest value in the runs behind it. */
  readonly fitted: Readonly<Record<"nParams" | "nTokens" | "batchTokens", readonly [number, number]>>;
  /** Optimizer, schedule and counting that the constants are for. */
  readonly conditions: string;
}

/**
 * Constants of a valley from a sweep of your own, with their uncertainty, for `rateAndBatch` and `drawRateAndBatch`.
 *
 * @param runs grids over learning rate and batch, as `fitRateBatch` takes them; seven grids at least
 * @param about where the runs come from, and the optimizer and schedule
 * @throws RangeError when there are too few grids or runs
 *
 * @example
 * import { rateAndBatch, rateBatchConstants } from "isoflop";
 * import { stepLawDense } from "isoflop-datasets";
 * const runs = stepLawDense().filter((run) => run.nParamsNonEmbedding > 4e8);
 * const valley = rateBatchConstants(runs, { source: "my sweep, 2025", conditions: "AdamW, cosine" });
 * rateAndBatch({ nParams: 1e9, nTokens: 1e11, valley }).batchTokens.value; // => 8.90e5
 */
export function rateBatchConstants(
  runs: readonly SweepRun[],
  about: { readonly source: string; readonly conditions: string },
  options: Omit<RateBatchOptions, "near"> = {},
): RateBatchConstants {
  requireOptions("about", about, ["source", "conditions"]);
  const fit = fitRateBatch(runs, options);
  const { parameters } = fit.law;
  const scatter = fit.grids.map((scale) => {
    const [grid] = hyperparameterGrids(
      runs.filter((run) => run.nParamsNonEmbedding === scale.nParams && run.nTokens === scale.nTokens),
    );
    const own = ownOptimum(grid!.runs, parameters, options.window);
    const best = bestSettings(parameters, scale);
    return [
      Math.log(own.learningRate / best.learningRate),
      Math.log(own.batchTokens / best.batchTokens),
    ] as const;
  });
  const range = (values: readonly number[]): [number, number] => [Math.min(...values), Math.max(...values)];
  return {
    parameters,
    replicates: withoutEachGrid(runs, fit, options),
    scatter,
    source: about.source,
    fitted: {
      nParams: range(fit.grids.map((grid) => grid.nParams)),
      nTokens: range(fit.grids.map((grid) => grid.nTokens)),
      batchTokens: range(runs.map((run) => run.batchTokens)),
    },
    conditions: about.conditions,
  };
}

/** @throws TypeError unless they are a valley's constants, as `rateBatchConstants` makes them. */
export function requireValley(valley: RateBatchConstants): void {
  if (valley?.parameters && Array.isArray(valley.replicates) && Array.isArray(valley.scatter)) return;
  throw new TypeError(
    `valley must be constants made by rateBatchConstants, got ${describeGiven(valley)}; leave it out for Step Law's runs`,
  );
}
