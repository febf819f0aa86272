import type { Law } from "../../laws/definition/Law.ts";
import { requireLaw } from "../../laws/definition/requireLaw.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { fit } from "../fit.ts";
import { type FitOptions, fitOptionNames } from "../objective/FitOptions.ts";
import { objectiveOf } from "../objective/objectiveOf.ts";
import { readRuns } from "../objective/readRuns.ts";
import { refuseCorners } from "../refuseCorners.ts";
import { inverseGaussNewton } from "../search/gaussNewton.ts";
import { searchStarts } from "../search/searchStarts.ts";
import { augmentedLagrangian, type ConstrainedMinimum } from "./augmentedLagrangian.ts";
import { ConstrainedFit } from "./ConstrainedFit.ts";
import { linearConstraints } from "./linearConstraints.ts";

/** What `fit` takes, and the inequalities that the parameters must obey. */
export interface FitConstrainedOptions<P extends string = string, Run = Record<string, unknown>>
  extends Omit<FitOptions<P, Run>, "start" | "method"> {
  /** Linear inequalities such as "alpha <= beta", "A + 2*B <= 500", "E >= 1.5". */
  readonly constraints: readonly string[];
}

const ofFit = fitOptionNames.filter((name) => name !== "start" && name !== "method");

/**
 * Fits a law under linear inequalities among its parameters: an exponent that may not exceed another, amplitudes with a
 * limited sum. Where the fit without them obeys them all it is that fit; otherwise it lies on one or more of them, which
 * `active` names, and the status is `at-bound`. Limits of single parameters, such as a sign, are `bounds` of any fit.
 *
 * @returns an immutable `ConstrainedFit`, usable wherever a law with its constants is
 * @throws RangeError when a constraint cannot be read or names no parameter, none can be met, or a run or option is not
 * usable; a loss with corners (`l1`) is refused
 *
 * @example
 * ```ts
 * import { chinchilla, fitConstrained, huber } from "isoflop";
 * import { chinchillaFigure4 } from "isoflop-datasets";
 * const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
 * const held = fitConstrained(chinchilla, runs, { constraints: ["beta <= alpha"], loss: huber(1e-3) });
 * held.active; // => ["beta <= alpha"]
 * Math.abs(held.parameters.alpha - held.parameters.beta) < 1e-8; // => true
 * held.status; // => "at-bound"
 * ```
 */
export function fitConstrained<
  V extends string,
  P extends string,
  R extends string,
  Run extends Readonly<Record<V | R, number>>,
>(law: Law<V, P, R>, runs: readonly Run[], options: FitConstrainedOptions<P, Run>): ConstrainedFit<V, P, R> {
  requireLaw("fitConstrained", law);
  requireOptions("fitConstrained", options, ["constraints", ...ofFit] as never[]);
  const { constraints: texts, ...rest } = options;
  requireOneOf("residual", rest.residual ?? "log", ["log", "raw"]);
  refuseCorners("fitConstrained", rest.loss);
  const constraints = linearConstraints(law as Law, texts);
  const free = fit(law, runs, rest as FitOptions<P, Run>);
  const { loss, priors } = free.options;
  const settings = { ...(rest as FitOptions<P>), ...(loss && { loss }), ...(priors && { priors }) };
  const table = readRuns(law as Law, runs, rest.residual ?? "log", rest.weights);
  const objective = objectiveOf({ law: law as Law, table, options: settings as FitOptions });
  const { coordinates } = objective;
  const { lower, upper } = coordinates;
  let best: ConstrainedMinimum | undefined;
  const starts = [free.minimum.z, ...searchStarts(law as Law, coordinates, table, objective).slice(0, 4)];
  for (const start of starts) {
    const inverseHessian = inverseGaussNewton(objective, start);
    const found = augmentedLagrangian(objective, start, coordinates, constraints, {
      lower,
      upper,
      inverseHessian,
    });
    const isBetter =
      !best ||
      (found.violation <= 1e-8 && (best.violation > 1e-8 || found.minimum.value < best.minimum.value)) ||
      found.violation < 0.1 * Math.min(best.violation, 1e-7) ||
      (best.violation > 1e-8 && found.violation < best.violation);
    if (isBetter) best = found;
    // Where no constraint bears, the fit without them is the answer.
    if (start === free.minimum.z && found.multipliers.every((each) => each === 0) && found.violation <= 0)
      break;
  }
  if (best!.violation > 1e-6) {
    throw new RangeError(
      `no parameters were found that obey ${constraints.map(({ text }) => `"${text}"`).join(" and ")}${constraints.length > 1 ? " together" : ""} inside the bounds; drop or loosen one`,
    );
  }
  return new ConstrainedFit(law, table, settings, objective, constraints, best!);
}
