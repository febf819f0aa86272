import { huber } from "../../fit/losses/huber.ts";
import { resampleRows } from "../../isoflop/resampleRuns.ts";
import { predict } from "../../laws/definition/predict.ts";
import { dataConstrained } from "../../laws/limitedData/dataConstrained.ts";
import { muennighoff2023Fresh } from "../../laws/limitedData/publishedDataConstrained.ts";
import { requireLevel, requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";
import { mean } from "../../numerics/mean.ts";
import { percentileInterval } from "../../numerics/percentileInterval.ts";
import { Random } from "../../numerics/random/Random.ts";
import { type DataConstrainedFit, type FitRStarOptions, type LimitedDataRun, lowestFit } from "./fitRStar.ts";
import { requireBothSides, requireHoldOutRule } from "./requireHoldOut.ts";

/** How the fit is made, and how intervals are drawn. */
export interface RStarHoldOutOptions extends FitRStarOptions {
  /** Default 100. */
  readonly resamples?: number;
  readonly seed?: number;
  /** Share of the runs that an interval is to hold. Default .9. */
  readonly level?: number;
}

/** A run that the fit did not see. */
export interface HeldOutLimitedRun<Run extends LimitedDataRun> {
  readonly run: Run;
  readonly predicted: number;
  /** Between which losses the run was expected, scatter of single runs included. */
  readonly interval: readonly [number, number];
  /** predicted / measured - 1 */
  readonly relativeError: number;
}

/** How a law of repeated data predicts larger runs. */
export interface RStarHoldOut<Run extends LimitedDataRun> {
  readonly fit: DataConstrainedFit;
  readonly heldOut: readonly HeldOutLimitedRun<Run>[];
  /** Mean of the relative errors: negative when the law promises too low a loss. */
  readonly meanError: number;
  readonly meanAbsoluteError: number;
  /** Share of the runs inside their interval. */
  readonly coverage: number;
}

/**
 * Fits the law of repeated data to some runs and predicts the others, with intervals: percentiles over refits of resampled
 * runs, each with a residual drawn from those that were fitted.
 *
 * @param isHeldOut says of a run whether it is kept from the fit, such as `(run) => 6 * run.nParams * run.nTokens > 1e20`
 * @throws RangeError when every run is held out, none is, or an option is not usable.
 *
 * @example
 * ```ts
 * import { rStarHoldOut } from "isoflop";
 * import { muennighoffRuns } from "isoflop-datasets";
 * const large = (run: { nParams: number; nTokens: number }) => 6 * run.nParams * run.nTokens > 1e20;
 * rStarHoldOut(muennighoffRuns(), large, { resamples: 10 }).meanError; // => -0.0837
 * ```
 */
export function rStarHoldOut<Run extends LimitedDataRun>(
  runs: readonly Run[],
  isHeldOut: (run: Run) => boolean,
  options: RStarHoldOutOptions = {},
): RStarHoldOut<Run> {
  requireRows("rStarHoldOut", runs);
  requireOptions("rStarHoldOut", options, ["fresh", "loss", "resamples", "seed", "level"]);
  const {
    fresh = muennighoff2023Fresh,
    loss = huber(1e-3),
    resamples = 100,
    seed = 1,
    level = 0.9,
  } = options;
  requireWhole("resamples", resamples, 1, "100 is usual");
  requireLevel(level);
  requireHoldOutRule("rStarHoldOut", isHeldOut);
  const kept = runs.filter((run) => !isHeldOut(run));
  const out = runs.filter((run) => isHeldOut(run));
  requireBothSides(kept.length, out.length, "runs");
  const found = lowestFit(kept, fresh, loss);
  const residuals = kept.map((run) => Math.log(run.loss / found.predict(run)));
  const near = fresh === "refit" ? found.parameters : undefined;
  const laws = Array.from(resampleRows(kept.length, resamples, seed, "bootstrap"), (rows) =>
    lowestFit(
      Array.from(rows, (row) => kept[row]!),
      fresh,
      loss,
      near,
    ),
  );
  const random = new Random(seed, resamples);
  const heldOut = out.map((run) => {
    const draws = laws.map(
      ({ parameters }) =>
        predict(dataConstrained, parameters, run) * Math.exp(residuals[random.below(residuals.length)]!),
    );
    const predicted = found.predict(run);
    return {
      run,
      predicted,
      interval: percentileInterval(draws, level),
      relativeError: predicted / run.loss - 1,
    };
  });
  return {
    fit: found,
    heldOut,
    meanError: mean(heldOut.map((one) => one.relativeError)),
    meanAbsoluteError: mean(heldOut.map((one) => Math.abs(one.relativeError))),
    coverage: mean(
      heldOut.map(({ run, interval: [low, high] }) => (low <= run.loss && run.loss <= high ? 1 : 0)),
    ),
  };
}
