import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";
import { type LeastSquares, leastSquares } from "../../numerics/lines/leastSquares.ts";
import type { HyperparameterGrid, SweepRun } from "./hyperparameterGrids.ts";

/** Which runs count as optimal, and what the batch size may depend on. */
export interface HyperparameterFitOptions {
  /** Runs within this share of their grid's least loss count as optimal; 0 keeps the best one. Default .0025. */
  readonly threshold?: number;
  /** Lets the batch size depend on the model size too. Default false, as in Step Law. */
  readonly batchByParams?: boolean;
}

/** eta = coefficient N^exponentN D^exponentD and B = coefficient D^exponentD, with the fits behind them. */
export interface HyperparameterFit {
  readonly learningRate: {
    readonly coefficient: number;
    readonly exponentN: number;
    readonly exponentD: number;
  };
  readonly batchTokens: {
    readonly coefficient: number;
    readonly exponentN: number;
    readonly exponentD: number;
  };
  /** Runs that counted as optimal. */
  readonly points: number;
  /** ln eta on ln N, ln D. */
  readonly learningRateFit: LeastSquares;
  /** ln B on ln D, or on ln N, ln D. */
  readonly batchFit: LeastSquares;
}

/**
 * Power laws of optimal learning rate and batch size, by the procedure of Step Law: take from every grid the runs
 * whose loss is less than (1 + threshold) times the least, and fit ln eta on ln N and ln D, ln B on ln D, by
 * ordinary least squares.
 *
 * Source: Li et al. 2025 (arXiv:2503.04715), section 4; N without embeddings, D and B in tokens.
 *
 * @throws RangeError when the grids hold fewer points than coefficients or do not vary
 *
 * @example
 * import { fitHyperparameters, hyperparameterGrids } from "isoflop";
 * import { stepLawDense } from "isoflop-datasets";
 * const fit = fitHyperparameters(hyperparameterGrids(stepLawDense()));
 * fit.points; // => 129
 * fit.batchTokens.exponentD; // => 0.6125
 */
export function fitHyperparameters(
  grids: readonly HyperparameterGrid[],
  options: HyperparameterFitOptions = {},
): HyperparameterFit {
  requireRows("fitHyperparameters", grids);
  requireOptions("fitHyperparameters", options, ["threshold", "batchByParams"]);
  return fitOptimalRuns(
    grids.flatMap((grid) => optimalRuns(grid, options.threshold)),
    options.batchByParams,
  );
}

/** The runs of a grid within the threshold of its least loss. */
export function optimalRuns<R extends SweepRun>(
  { runs, best }: HyperparameterGrid<R>,
  threshold = 0.0025,
): R[] {
  return threshold === 0 ? [best] : runs.filter((run) => run.loss < (1 + threshold) * best.loss);
}

/** The two regressions of `fitHyperparameters` on runs already chosen. */
export function fitOptimalRuns(points: readonly SweepRun[], batchByParams = false): HyperparameterFit {
  const logN = points.map((run) => Math.log(run.nParamsNonEmbedding));
  const logD = points.map((run) => Math.log(run.nTokens));
  const learningRateFit = leastSquares(
    [logN, logD],
    points.map((run) => Math.log(run.learningRate)),
  );
  const batchFit = leastSquares(
    batchByParams ? [logN, logD] : [logD],
    points.map((run) => Math.log(run.batchTokens)),
  );
  const [lr0, lrN, lrD] = learningRateFit.coefficients as [number, number, number];
  const batch = batchFit.coefficients;
  return {
    learningRate: { coefficient: Math.exp(lr0), exponentN: lrN, exponentD: lrD },
    batchTokens: {
      coefficient: Math.exp(batch[0]!),
      exponentN: batchByParams ? batch[1]! : 0,
      exponentD: batch.at(-1)!,
    },
    points: points.length,
    learningRateFit,
    batchFit,
  };
}
