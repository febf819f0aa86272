import type { Fit } from "../fit/FitResult.ts";
import { fit } from "../fit/fit.ts";
import type { FitOptions } from "../fit/objective/FitOptions.ts";
import type { Law } from "../laws/definition/Law.ts";
import { requireRows } from "../numerics/arguments/requireRows.ts";
import { mean } from "../numerics/mean.ts";

/** A run that the fit did not see, as predicted and as it was, in the unit of the response. */
export interface HeldOutRun<Run> {
  readonly run: Run;
  readonly predicted: number;
  readonly observed: number;
  /** predicted / observed − 1 */
  readonly relativeError: number;
}

/** How a law predicts the runs that were held out. */
export interface HoldOut<V extends string, P extends string, R extends string, Run> {
  /** The fit to the runs that were not held out. */
  readonly fit: Fit<V, P, R>;
  readonly heldOut: readonly HeldOutRun<Run>[];
  /** Mean of the relative errors: positive when the law promises too high a loss. */
  readonly meanError: number;
  readonly meanAbsoluteError: number;
  readonly largestError: number;
  /** How many times the largest compute (or the largest of each variable) of the fit the farthest held-out run is. */
  readonly reach: Readonly<Record<V, number>>;
}

/**
 * Fits a law to some runs and predicts the rest: with small runs in and large ones out, the test a scaling law is
 * made for.
 *
 * @param isHeldOut says of a run whether it is kept from the fit, for example `(run) => run.flops > 1e21`
 * @throws RangeError when no run or every run is held out
 * @example
 * import { chinchilla, holdOut } from "isoflop";
 * import { chinchillaFigure4 } from "isoflop-datasets";
 * const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
 * const check = holdOut(chinchilla, runs, (run) => run.flops > 1e21);
 * check.meanAbsoluteError < 0.02; // => true
 */
export function holdOut<
  V extends string,
  P extends string,
  R extends string,
  Run extends Readonly<Record<V | R, number>>,
>(
  law: Law<V, P, R>,
  runs: readonly Run[],
  isHeldOut: (run: Run) => boolean,
  options: FitOptions<P, Run> = {},
): HoldOut<V, P, R, Run> {
  requireRows("holdOut", runs);
  const out = runs.filter((run) => isHeldOut(run));
  const kept = runs.filter((run) => !isHeldOut(run));
  if (out.length === 0 || kept.length === 0) {
    throw new RangeError(
      `holding out must leave runs on both sides, got ${kept.length} to fit and ${out.length} to predict; ` +
        "move the threshold",
    );
  }
  const fitted = fit(law, kept, options);
  const heldOut = out.map((run) => {
    const predicted = fitted.predict(run);
    const observed = run[law.response.name];
    return { run, predicted, observed, relativeError: predicted / observed - 1 };
  });
  const errors = heldOut.map((one) => one.relativeError);
  const most = (from: readonly Run[], name: V) => from.reduce((top, run) => Math.max(top, run[name]), 0);
  return {
    fit: fitted,
    heldOut,
    meanError: mean(errors),
    meanAbsoluteError: mean(errors.map(Math.abs)),
    largestError: errors.reduce((top, error) => Math.max(top, Math.abs(error)), 0),
    reach: Object.fromEntries(
      law.variables.map(({ name }) => [name, most(out, name) / most(kept, name)]),
    ) as Record<V, number>,
  };
}
