import type { SweepRun } from "../hyperparameters/hyperparameterGrids.ts";
import { fitRateBatch, type RateBatchFit, type RateBatchOptions, type ValleyShape } from "./fitRateBatch.ts";

/**
 * The valley without each grid in turn, in the order of `fit.grids`: what its uncertainty is read from. Runs of one grid
 * share model, data and the way in which the valley is no parabola there, so grids count, not runs.
 *
 * @param runs those of the fit
 * @param options those of the fit
 *
 * @example
 * import { fitRateBatch, withoutEachGrid } from "isoflop";
 * import { stepLawDense } from "isoflop-datasets";
 * const runs = stepLawDense().filter((run) => run.nParamsNonEmbedding > 4e8);
 * withoutEachGrid(runs, fitRateBatch(runs)).length; // => 9
 */
export function withoutEachGrid(
  runs: readonly SweepRun[],
  fit: RateBatchFit,
  options: Omit<RateBatchOptions, "near"> = {},
): ValleyShape[] {
  return fit.grids.map(({ nParams, nTokens }) => {
    const others = runs.filter((run) => run.nParamsNonEmbedding !== nParams || run.nTokens !== nTokens);
    return fitRateBatch(others, { ...options, near: fit }).shape;
  });
}
