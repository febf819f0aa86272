import { requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";
import type { HyperparameterGrid, SweepRun } from "./hyperparameterGrids.ts";

/** What a rule recommends for a model. */
export interface Recommendation {
  readonly learningRate: number;
  readonly batchTokens: number;
}

/**
 * How much loss a recommendation gives away on measured grids: the loss of the grid point nearest to it (in ln of
 * learning rate and batch) over the grid's least loss, minus 1. One number a grid.
 *
 * @throws RangeError when a recommendation is not > 0
 *
 * @param recommend a rule; it receives the grid's best run, whose size, tokens and shape are those of the grid
 *
 * @example
 * import { excessLoss, hyperparameterGrids, stepLaw } from "isoflop";
 * import { stepLawDense } from "isoflop-datasets";
 * const excess = excessLoss(hyperparameterGrids(stepLawDense()), (run) =>
 *   stepLaw({ nParams: run.nParamsNonEmbedding, nTokens: run.nTokens }),
 * );
 * excess.reduce((sum, value) => sum + value) / excess.length; // => 0.000957
 */
export function excessLoss<R extends SweepRun>(
  grids: readonly HyperparameterGrid<R>[],
  recommend: (run: R) => Recommendation,
): number[] {
  requireRows("excessLoss", grids);
  return grids.map(({ runs, best }) => {
    const { learningRate, batchTokens } = recommend(best);
    requirePositive("learningRate", learningRate, "recommend a peak rate, such as 1e-3");
    requirePositive("batchTokens", batchTokens, "recommend tokens a step, such as 1e6");
    const distance = (run: R) =>
      Math.hypot(Math.log(run.learningRate / learningRate), Math.log(run.batchTokens / batchTokens));
    const nearest = runs.reduce((least, run) => (distance(run) < distance(least) ? run : least));
    return nearest.loss / best.loss - 1;
  });
}
