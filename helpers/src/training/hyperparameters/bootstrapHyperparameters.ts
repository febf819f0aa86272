import { resampleRows } from "../../isoflop/resampleRuns.ts";
import { requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";
import { fitOptimalRuns, type HyperparameterFitOptions, optimalRuns } from "./fitHyperparameters.ts";
import type { HyperparameterGrid } from "./hyperparameterGrids.ts";

/** How runs are resampled, and how each resample is fitted. */
export interface HyperparameterBootstrapOptions extends HyperparameterFitOptions {
  /** Default 1000, as published. */
  readonly resamples?: number;
  readonly seed?: number;
  /**
   * What is drawn anew. `runs` (default, as published) treats every near-optimal run as independent; `grids` draws
   * whole grids, whose runs share model, data and noise.
   */
  readonly draw?: "runs" | "grids";
}

/** One row a resample. */
export interface HyperparameterReplicate {
  readonly learningRateExponentN: number;
  readonly learningRateExponentD: number;
  readonly batchExponentN: number;
  readonly batchExponentD: number;
  readonly learningRateCoefficient: number;
  readonly batchCoefficient: number;
}

/**
 * Bootstrap of `fitHyperparameters`: near-optimal runs, or whole grids, drawn with replacement and fitted again.
 *
 * @throws RangeError when there are no resamples, or draw is neither
 *
 * Source: Li et al. 2025 (arXiv:2503.04715), 1,000 resamples of the near-optimal runs.
 *
 * @example
 * import { bootstrapHyperparameters, hyperparameterGrids } from "isoflop";
 * import { stepLawDense } from "isoflop-datasets";
 * bootstrapHyperparameters(hyperparameterGrids(stepLawDense()), { resamples: 50, seed: 1 }).length; // => 50
 */
export function bootstrapHyperparameters(
  grids: readonly HyperparameterGrid[],
  options: HyperparameterBootstrapOptions = {},
): HyperparameterReplicate[] {
  requireRows("bootstrapHyperparameters", grids);
  requireOptions("bootstrapHyperparameters", options, [
    "resamples",
    "seed",
    "draw",
    "threshold",
    "batchByParams",
  ]);
  const { resamples = 1000, seed = 0, draw = "runs", threshold, batchByParams } = options;
  requireWhole("resamples", resamples, 1, "1000 are usual");
  requireOneOf("draw", draw, ["runs", "grids"]);
  const clusters = grids.map((grid) => optimalRuns(grid, threshold));
  const units = draw === "grids" ? clusters : clusters.flat().map((run) => [run]);
  return [...resampleRows(units.length, resamples, seed, "bootstrap")].map((rows) => {
    const { learningRate, batchTokens } = fitOptimalRuns(
      [...rows].flatMap((row) => units[row]!),
      batchByParams,
    );
    return {
      learningRateExponentN: learningRate.exponentN,
      learningRateExponentD: learningRate.exponentD,
      batchExponentN: batchTokens.exponentN,
      batchExponentD: batchTokens.exponentD,
      learningRateCoefficient: learningRate.coefficient,
      batchCoefficient: batchTokens.coefficient,
    };
  });
}
