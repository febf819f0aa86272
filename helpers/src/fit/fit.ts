import type { Law } from "../laws/definition/Law.ts";
import { requireOneOf } from "../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../numerics/arguments/requireOptions.ts";
import { Fit } from "./FitResult.ts";
import { adaptiveHuber } from "./losses/adaptiveHuber.ts";
import type { Loss } from "./losses/Loss.ts";
import { type FitOptions, fitOptionNames } from "./objective/FitOptions.ts";
import { checkFitArguments } from "./objective/fitArguments.ts";
import { objectiveOf } from "./objective/objectiveOf.ts";
import { readRuns, type Table } from "./objective/readRuns.ts";
import { typicalResponse } from "./objective/typicalResponse.ts";
import { usualWeight } from "./objective/usualWeight.ts";
import type { Minimum } from "./search/bfgs.ts";
import { minimise } from "./search/minimise.ts";
import { nearbyCurvature } from "./search/nearbyCurvature.ts";
import { rowsForSearch, searchStarts, thin } from "./search/searchStarts.ts";
import { settleLoss } from "./settleLoss.ts";
import { leavesPriors, settlePriors } from "./settlePriors.ts";
import { curvatureAt } from "./uncertainty/curvature.ts";

/**
 * Fits a law to runs: the parameters that minimise `sum_i w_i rho(r_i)`, r the residuals of the logarithms.
 *
 * A variable-projection grid finds the start, dense BFGS with the analytic gradient the minimum; no starting values
 * are asked for. Runs are records with the law's variables and response (for `chinchilla`: nParams, nTokens, loss in
 * counts and nats per token); other fields are ignored, the order does not matter.
 *
 * @returns an immutable `Fit` whose `status` says whether to believe it.
 * @throws RangeError when a run or an option is not usable, naming value, row and way out.
 *
 * @example
 * ```ts
 * import { chinchilla, fit, huber } from "isoflop";
 * import { chinchillaFigure4 } from "isoflop-datasets";
 * const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
 * const law = fit(chinchilla, runs, { loss: huber(1e-3) });
 * law.parameters.E; // => 1.8172
 * law.status; // => "converged"
 * law.predict({ nParams: 70e9, nTokens: 1.4e12 }); // => 1.9734
 * ```
 */
export function fit<
  V extends string,
  P extends string,
  R extends string,
  Run extends Readonly<Record<V | R, number>>,
>(law: Law<V, P, R>, runs: readonly Run[], options: FitOptions<P, Run> = {}): Fit<V, P, R> {
  const residual = checkFitOptions("fit", law, options as FitOptions<P>);
  const table = readRuns(law, runs, residual, options.weights);
  return fitTable(law, table, options as FitOptions<P>);
}

/**
 * Refuses a law and options that no fit can use, in the name of who was called.
 *
 * @returns what the residuals are of
 */
export function checkFitOptions(of: string, law: unknown, options: FitOptions): "log" | "raw" {
  requireOptions(of, options, fitOptionNames);
  checkFitArguments(law, options);
  const { residual = "log", method = "auto" } = options;
  requireOneOf("residual", residual, ["log", "raw"]);
  requireOneOf("method", method, ["auto", "bfgs", "levenberg-marquardt", "nelder-mead"]);
  return residual;
}

/** `fit` on columns that are already read. */
export function fitTable<V extends string, P extends string, R extends string>(
  law: Law<V, P, R>,
  table: Table,
  options: FitOptions<P>,
): Fit<V, P, R> {
  const loss = options.loss ?? adaptiveHuber();
  if (leavesPriors(options)) return fitTable(law, table, settled(law, table, options, loss));
  const objective = objectiveOf({ law, table, options: { ...options, loss } });
  const { coordinates } = objective;
  const { method } = options;
  // The minimum of a part is near that of the whole, and found in less time than the whole is read once.
  const start =
    options.start ??
    (table.n > rowsForSearch ? fitTable(law, thin(table, rowsForSearch), options).parameters : undefined);
  let starts = start
    ? [coordinates.fromParameters(completeStart(law, start))]
    : searchStarts(law, coordinates, table, objective);
  if (loss.settle) {
    const settled = settleLoss({ law, table, options }, loss, starts, { method });
    objective.loss = settled.loss;
    // With one start its minimum is at hand; of several another may be the lowest now.
    starts = [settled.z, ...(starts.length > 1 ? starts : [])];
  }
  let best: Minimum | undefined;
  for (const start of starts) {
    const inverseHessian = nearbyCurvature(objective, start, method);
    const minimum = minimise(objective, start, { method, ...(inverseHessian && { inverseHessian }) });
    if (!best || minimum.value < best.value) best = minimum;
  }
  return new Fit(law, table, { ...options, loss: objective.loss }, objective, best!);
}

/** The options with their priors in units of the noise. */
function settled<V extends string, P extends string, R extends string>(
  law: Law<V, P, R>,
  table: Table,
  options: FitOptions<P>,
  loss: Loss,
): FitOptions<P> {
  const size = typicalResponse(objectiveOf({ law, table, options }));
  const largest = loss.sum(
    Float64Array.of(size),
    Float64Array.of(usualWeight(table)),
    1,
    new Float64Array(1),
  );
  let { start } = options;
  return settlePriors(options, largest, (weighed) => {
    const found = fitTable(law, table, { ...weighed, ...(start && { start }) });
    start = found.parameters;
    return curvatureAt(objectiveOf(found), found.minimum.z).dispersion;
  });
}

function completeStart<P extends string>(
  law: Law<string, P, string>,
  start: Readonly<Record<P, number>>,
): Float64Array {
  return Float64Array.from(law.parameters, ({ name }) => {
    if (Number.isFinite(start[name])) return start[name];
    throw new RangeError(
      `start must give every parameter of ${law.name} a finite number, got ${start[name]} for ${name}`,
    );
  });
}
