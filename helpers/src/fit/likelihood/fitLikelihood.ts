import type { Law } from "../../laws/definition/Law.ts";
import { requireLaw } from "../../laws/definition/requireLaw.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { fitTable } from "../fit.ts";
import { squared } from "../losses/squared.ts";
import type { FitOptions } from "../objective/FitOptions.ts";
import { checkFitArguments } from "../objective/fitArguments.ts";
import { objectiveOf } from "../objective/objectiveOf.ts";
import { readRuns, type Table } from "../objective/readRuns.ts";
import { typicalResponse } from "../objective/typicalResponse.ts";
import { bfgs, type Minimum } from "../search/bfgs.ts";
import { Likelihood } from "./Likelihood.ts";
import { LikelihoodFit } from "./LikelihoodFit.ts";
import { type OfRun, readCensored, readNoise } from "./readNoise.ts";

/** What `fitLikelihood` takes to be known of the noise and of the runs. */
export interface FitLikelihoodOptions<P extends string = string, Run = Record<string, unknown>>
  extends Pick<FitOptions<P, Run>, "residual" | "bounds" | "fixed" | "tied"> {
  /**
   * The noise's standard deviation. `constant` (default): one for all runs, estimated. `{ sigma }`: known for each run, in
   * the residual's unit (of ln loss by default), a field or a function; nothing is rescaled, as `absolute_sigma=True` in
   * scipy. `{ sigma, scaled: true }`: known but for a common factor. `{ power }`: proportional to a power, which is
   * estimated, of a positive field, or of the prediction (`"fitted"`). Of few runs this likelihood has no highest value, since
   * a law through some of them could have noise of next to nothing there: what is found is the maximum next to constant
   * noise.
   */
  readonly noise?:
    | "constant"
    | { readonly sigma: OfRun<Run, number>; readonly scaled?: boolean }
    | { readonly power: OfRun<Run, number> };
  /** Which runs are known only to lie at or above their response, such as runs that diverged or were stopped. */
  readonly censored?: OfRun<Run, boolean>;
}

const optionNames = ["noise", "censored", "residual", "bounds", "fixed", "tied"] as const;

/**
 * Fits a law by maximum likelihood where the noise is part of the question: standard deviations that are known for each run,
 * noise that grows or shrinks with scale, runs of which only a lower limit of the loss is known. Noise is Gaussian, of the
 * logarithm of the response unless `residual: "raw"`; for outliers take a robust loss in `fit`.
 *
 * @returns an immutable `LikelihoodFit`: parameters, noise, likelihood and standard errors from its curvature
 * @throws RangeError when a standard deviation is not above 0, fewer runs than parameters are uncensored, or an option is not
 * usable
 *
 * Source: Pinheiro and Bates 2000, section 5.2 (power of a variable); Tobin 1958 (censored runs).
 *
 * @example
 * ```ts
 * import { fitLikelihood, powerLaw } from "isoflop";
 * const runs = [1e7, 1e8, 1e9, 1e10, 1e11].map((nParams, i) => ({ nParams, se: 0.002, loss: (1.5 + 60 / nParams ** 0.25) * (1 + [1, -1, -1, 1, 0][i]! / 1e3) }));
 * const known = fitLikelihood(powerLaw("nParams"), runs, { noise: { sigma: "se" } });
 * known.sigma; // => 1
 * known.standardErrors.alpha < 0.01; // => true
 * // The smallest run diverged: its loss is only known to be at least what was last seen.
 * const stopped = runs.map((run, i) => ({ ...run, loss: i === 0 ? 2 : run.loss, diverged: i === 0 }));
 * const tobit = fitLikelihood(powerLaw("nParams"), stopped, { noise: { sigma: "se" }, censored: "diverged" });
 * tobit.predict({ nParams: 1e7 }) > 2; // => true
 * ```
 */
export function fitLikelihood<
  V extends string,
  P extends string,
  R extends string,
  Run extends Readonly<Record<V | R, number>>,
>(
  law: Law<V, P, R>,
  runs: readonly Run[],
  options: FitLikelihoodOptions<P, Run> = {},
): LikelihoodFit<V, P, R> {
  requireLaw("fitLikelihood", law);
  requireOptions("fitLikelihood", options, optionNames);
  checkFitArguments(law, options);
  const { noise = "constant", censored, residual = "log", ...rest } = options;
  requireOneOf("residual", residual, ["log", "raw"]);
  const table = readRuns(law as Law, runs, residual);
  const model = readNoise(runs, noise);
  const isCensored = readCensored(runs, censored);
  const settings = { ...rest, residual, loss: squared() } as FitOptions;
  const objective = objectiveOf({ law: law as Law, table, options: settings });
  const { coordinates } = objective;
  const likelihood = new Likelihood(objective, model, isCensored);
  const uncensored = isCensored.reduce((count, each) => count + (each ? 0 : 1), 0);
  if (uncensored < likelihood.size) {
    throw new RangeError(
      `fitLikelihood needs at least ${likelihood.size} runs whose response is known, got ${uncensored}; add runs or hold a parameter`,
    );
  }
  // Known noise in units of its middle, so that weights stay numbers whatever its unit.
  const middle = model.known.reduce((sum, each) => sum + each, 0) / table.n;
  const first = fitTable(law as Law, without(table, isCensored, model.known, middle), settings);
  const spread = Math.sqrt(first.objective / Math.max(uncensored - coordinates.size, 1));
  if (model.estimated && !(spread > 1e-11 * typicalResponse(objective))) {
    throw new RangeError(
      "the runs lie on the law to rounding, so there is no noise to estimate; take fit, or give the noise by { sigma }",
    );
  }
  const extra = likelihood.size - coordinates.size;
  const q = likelihood.size;
  const inverseHessian = new Float64Array(q * q);
  const size = coordinates.size;
  const variance = model.estimated ? spread ** 2 : Math.exp(2 * middle);
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < size; b++) {
      inverseHessian[a * q + b] = 2 * variance * first.minimum.inverseHessian[a * size + b]!;
    }
  }
  for (let k = size; k < q; k++)
    inverseHessian[k * q + k] = k === size && model.estimated ? 0.5 / table.n : 1e-3;
  const pad = (column: Float64Array, fill: number) =>
    Float64Array.from([...column, ...Array(extra).fill(fill)]);
  const start = pad(first.minimum.z, 0);
  if (model.estimated) start[size] = Math.log(spread) - middle;
  const settingsOfSearch = {
    lower: pad(coordinates.lower, -Infinity),
    upper: pad(coordinates.upper, Infinity),
    inverseHessian,
    tolerance: 0,
    floor: 1e-11,
    maxIterations: 1000,
  };
  // The power's level and slope pull against each other: a second search begins with a fresh curvature.
  let best: Minimum = bfgs(likelihood, start, settingsOfSearch);
  const again = bfgs(likelihood, best.z, settingsOfSearch);
  if (again.value <= best.value) best = again;
  return new LikelihoodFit(law, table, { residual, noise: model.label }, likelihood, best);
}

/** The runs whose response is known, weighted by what is known of their noise. */
function without(table: Table, censored: Uint8Array, known: Float64Array, middle: number): Table {
  const rows = Array.from(censored.keys()).filter((i) => !censored[i]);
  const pick = (column: Float64Array) => Float64Array.from(rows, (row) => column[row]!);
  return {
    n: rows.length,
    x: table.x.map(pick),
    y: pick(table.y),
    w: Float64Array.from(rows, (row) => Math.exp(2 * (middle - known[row]!))),
  };
}
