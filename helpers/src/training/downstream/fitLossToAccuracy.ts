import type { Fit } from "../../fit/FitResult.ts";
import { fit } from "../../fit/fit.ts";
import { squared } from "../../fit/losses/squared.ts";
import type { FitOptions } from "../../fit/objective/FitOptions.ts";
import { lossToAccuracy } from "../../laws/downstream/lossToAccuracy.ts";
import { describeGiven } from "../../numerics/arguments/describeGiven.ts";
import { requireCheckpoints } from "./requireCheckpoints.ts";
import type { Checkpoint } from "./smoothCheckpoints.ts";

/** The second step with what its uncertainty needs. */
export interface LossToAccuracyFit {
  readonly fit: Fit<"taskLoss", "a" | "k" | "L0" | "b", "accuracy">;
  /** The run of each row of the fit: checkpoints of one run are not independent. */
  readonly runs: readonly string[];
}

/** Options of `fit`, and whether the ideal model is a row. */
export interface LossToAccuracyOptions extends FitOptions<"a" | "k" | "L0" | "b", Checkpoint> {
  /** Adds a model with a loss of 0 that answers all rightly, as published. Default true. */
  readonly ideal?: boolean;
}

/** The run of the row that stands for a model with a loss of 0. */
export const idealRun = "the ideal model";

/**
 * Fits the second step, accuracy by task loss, to checkpoints of several runs: least squares of the accuracy, with a model added
 * that has a loss of 0 and answers everything. Give it what `smoothCheckpoints` returns to do as the source does.
 *
 * Source: Bhagia et al. 2024 (arXiv 2412.04403), section 2 (step 2).
 *
 * @returns the fit, and the run of each of its rows, by which `chain` counts runs and not checkpoints
 * @throws TypeError when a checkpoint has no run
 * @throws RangeError when a loss is not >= 0, or an accuracy not from 0 to 1
 *
 * @example
 * import { fitLossToAccuracy, lossToAccuracy, withParameters } from "isoflop";
 * const truth = withParameters(lossToAccuracy, { a: -0.75, k: 5, L0: 0.8, b: 1 });
 * const points = [0.6, 0.9, 1.1, 1.3, 1.6].map((taskLoss) => ({ run: "a", taskLoss, accuracy: truth.predict({ taskLoss }) }));
 * fitLossToAccuracy(points, { ideal: false }).fit.parameters.L0; // => 0.8
 */
export function fitLossToAccuracy(
  checkpoints: readonly Checkpoint[],
  options: LossToAccuracyOptions = {},
): LossToAccuracyFit {
  requireCheckpoints("fitLossToAccuracy", checkpoints);
  const { ideal = true, ...rest } = options;
  const without = checkpoints.find(({ run }) => typeof run !== "string" || run === "");
  if (without) {
    throw new TypeError(
      `every checkpoint must name its run, got ${describeGiven(without.run)}; give { run: "1B-10xC", taskLoss, accuracy }`,
    );
  }
  const rows = ideal ? [...checkpoints, { run: idealRun, taskLoss: 0, accuracy: 1 }] : checkpoints;
  return {
    fit: fit(lossToAccuracy, rows, { loss: squared(), residual: "raw", ...rest }),
    runs: Object.freeze(rows.map(({ run }) => run)),
  };
}
