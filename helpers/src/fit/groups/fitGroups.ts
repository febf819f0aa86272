import type { Law } from "../../laws/definition/Law.ts";
import { requireLaw } from "../../laws/definition/requireLaw.ts";
import { indexOfName } from "../../numerics/arguments/indexOfName.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { quantileOfSorted } from "../../numerics/quantile.ts";
import { adaptiveHuber } from "../losses/adaptiveHuber.ts";
import type { Loss } from "../losses/Loss.ts";
import { type FitOptions, fitOptionNames } from "../objective/FitOptions.ts";
import { checkFitArguments } from "../objective/fitArguments.ts";
import type { Table } from "../objective/readRuns.ts";
import { robustSigma } from "../objective/robustSigma.ts";
import { refuseCorners } from "../refuseCorners.ts";
import { bfgs, type Minimum } from "../search/bfgs.ts";
import { minimise } from "../search/minimise.ts";
import { searchStarts } from "../search/searchStarts.ts";
import { leavesPriors, settlePriors } from "../settlePriors.ts";
import { GroupFit } from "./GroupFit.ts";
import { jointCurvature } from "./jointCurvature.ts";
import { SharedProblem } from "./SharedProblem.ts";
import { sharedCurvature } from "./sharedCurvature.ts";
import { type GroupKey, splitRuns } from "./splitRuns.ts";

/** How `fitGroups` splits the runs, what is common to all groups, and what `fit` takes besides. */
export interface FitGroupsOptions<P extends string = string, Run = Record<string, unknown>>
  extends Omit<FitOptions<P, Run>, "start"> {
  /** The field of a run that names its group, or a function of the run that does. */
  readonly group: GroupKey<Run>;
  /** Parameters with one value for all groups; every other one has a value in each. */
  readonly shared: readonly P[];
}

/** As in `fit`: noise below this share of the response is rounding, and the loss's scale settles in a few rounds. */
const rounding = 1e-6;
const settlingRounds = 10;

const optionNames = ["group", "shared", ...fitOptionNames.filter((name) => name !== "start")];

/**
 * Fits one law to groups of runs at once, some parameters with one value for all groups and the others with a value in
 * each: model families with one exponent, data sets with floors of their own. It minimises the sum over all runs of
 * `w rho(r)`, as `fit` does.
 *
 * Groups touch each other only through what they share, so the time grows with their number and not with its square. To
 * ask whether sharing is justified compare `objective` and `freeParameters` with those of a fit that shares less.
 *
 * @returns an immutable `GroupFit` with shared and own parameters, status, covariance and predictions by group
 * @throws RangeError when a run has no group, or an option is not usable; a loss with corners (`l1`) is refused
 *
 * Source: separable least squares with common parameters, Golub and Pereyra 2003, section 6.
 *
 * @example
 * ```ts
 * import { fitGroups, powerLaw, squared } from "isoflop";
 * const runs = ["web", "code"].flatMap((data, k) =>
 *   [1e7, 3e7, 1e8, 3e8, 1e9].map((nParams) => ({ data, nParams, loss: 1 + k + (20 + 9 * k) / nParams ** 0.2 })),
 * );
 * const both = fitGroups(powerLaw("nParams"), runs, { group: "data", shared: ["alpha"], loss: squared() });
 * both.shared.alpha; // => 0.2
 * both.parameters("code").E; // => 2
 * both.predict({ nParams: 1e10 }, "web"); // => 1.2
 * ```
 */
export function fitGroups<
  V extends string,
  P extends string,
  R extends string,
  Run extends Readonly<Record<V | R, number>>,
>(law: Law<V, P, R>, runs: readonly Run[], options: FitGroupsOptions<P, Run>): GroupFit<V, P, R> {
  requireLaw("fitGroups", law);
  requireOptions("fitGroups", options, optionNames as never[]);
  checkFitArguments(law, options);
  const { group, shared, residual = "log", method = "auto", ...rest } = options;
  requireOneOf("residual", residual, ["log", "raw"]);
  requireOneOf("method", method, ["auto", "bfgs", "levenberg-marquardt", "nelder-mead"]);
  if (!Array.isArray(shared)) {
    throw new RangeError(`shared must be a list of parameters such as ["alpha"], got ${String(shared)}`);
  }
  const names = law.parameters.map(({ name }) => name as string);
  for (const name of shared) indexOfName(names, name);
  for (const [name, other] of Object.entries(rest.tied ?? {}) as [P, P | undefined][]) {
    if (other !== undefined && shared.includes(name) !== shared.includes(other)) {
      throw new RangeError(`${name} is tied to ${other}: share both or neither`);
    }
  }
  refuseCorners("fitGroups", rest.loss);
  const grouped = splitRuns("fitGroups", law as Law, runs, group, residual, rest.weights);
  const given = { ...rest, residual, method } as FitOptions;
  const { loss = adaptiveHuber() } = rest;
  const { scale, weight } = sizesOf(grouped.tables, residual);
  const floor = 1e-25 * scale ** 2 * weight;
  const solve = (settings: FitOptions) => {
    const first = loss.settle?.(1e-3 * scale) ?? loss;
    const problem = new SharedProblem(
      law as Law,
      grouped.tables,
      shared,
      first,
      settings,
      residual === "log",
    );
    const starts = sharedStarts(problem, settings, first);
    let best = searchShared(problem, starts, floor);
    for (let round = 0; loss.settle && round < settlingRounds; round++) {
      const next = loss.settle(sigmaOf(problem, scale));
      if (next.label === problem.members[0]!.objective.loss.label) break;
      problem.setLoss(next);
      // With the noise's scale about right the valleys are what they will be.
      best = searchShared(problem, [best.z], floor, round > 0);
    }
    return { problem, best };
  };
  const settings = leavesPriors(given)
    ? settlePriors(
        given,
        wholeResponse(grouped.tables, residual),
        (weighed) => jointCurvature(solve(weighed).problem).dispersion,
      )
    : given;
  const { problem, best } = solve(settings);
  return new GroupFit(
    law,
    grouped,
    settings as FitOptions<P>,
    problem,
    best,
    typeof group === "string" ? group : "group",
  );
}

/** A square as large as the largest response: more than any dispersion. */
function wholeResponse(tables: readonly Table[], residual: "log" | "raw"): number {
  return Math.max(
    ...tables.flatMap(({ y, w }) =>
      Array.from(y, (value, i) => (residual === "raw" ? value * value : 1) * w[i]!),
    ),
  );
}

/** The mean size of the response as residuals have it (1 for logarithms), and the mean weight. */
function sizesOf(tables: readonly Table[], residual: "log" | "raw"): { scale: number; weight: number } {
  let [total, weights, count] = [0, 0, 0];
  for (const { y, w, n } of tables) {
    for (let i = 0; i < n; i++) {
      total += w[i]! * Math.abs(y[i]!);
      weights += w[i]!;
      count++;
    }
  }
  return { scale: residual === "log" ? 1 : total / weights || 1, weight: weights / count };
}

/** The robust standard deviation of all residuals, as `fit` has it of its own. */
function sigmaOf({ members, shared }: SharedProblem, scale: number): number {
  const residual = members.flatMap(({ objective, best }) => {
    objective.prepare(best.z);
    return [...objective.residual.subarray(0, objective.n)];
  });
  const w = members.flatMap(({ table }) => [...table.w]);
  const free = members.reduce((sum, { best }) => sum + best.z.length, shared.size);
  const sigma = robustSigma(
    { residual: Float64Array.from(residual), w: Float64Array.from(w), n: w.length },
    free,
  );
  return Number.isFinite(sigma) ? Math.max(sigma, rounding * scale) : scale;
}

/** Where to begin: what the groups say of the shared parameters one by one, and where each of them then stands. */
function sharedStarts(problem: SharedProblem, options: FitOptions, loss: Loss): Float64Array[] {
  const { law, members, shared } = problem;
  const alone = new SharedProblem(
    law,
    members.map(({ table }) => table),
    [],
    loss,
    options,
    members[0]!.objective.logResidual,
  );
  const thetas = alone.members.map((member) => {
    const { objective, table } = member;
    for (const start of searchStarts(law, objective.coordinates, table, objective)) {
      const found = minimise(objective, start, { method: options.method });
      if (!(member.best.value <= found.value)) member.best = found;
    }
    return alone.parametersOf(member);
  });
  members.forEach((member, g) => {
    member.best = { ...member.best, z: member.objective.coordinates.fromParameters(thetas[g]!) };
  });
  const all = thetas.map((theta) => shared.fromParameters(theta));
  const quantile = (share: number) =>
    Float64Array.from({ length: shared.size }, (_, k) =>
      quantileOfSorted(Float64Array.from(all, (z) => z[k]!).sort(), share),
    );
  return shared.size === 0 ? [quantile(0.5)] : [quantile(0.5), quantile(0.25), quantile(0.75)];
}

/** @param near whether the groups are in their valleys, so that none is looked at anew */
function searchShared(
  problem: SharedProblem,
  starts: readonly Float64Array[],
  floor: number,
  near = false,
): Minimum {
  const { shared, members } = problem;
  const gradient = new Float64Array(shared.size);
  let best: { minimum: Minimum; states: Minimum[] } | undefined;
  for (const start of starts) {
    if (!near) problem.search(start);
    for (let round = 0; round < 3; round++) {
      const from = best && round > 0 ? best.minimum.z : start;
      const inverseHessian = sharedCurvature(problem, from);
      const minimum = bfgs(problem, from, {
        lower: shared.lower,
        upper: shared.upper,
        inverseHessian,
        tolerance: 1e-12,
        floor,
        maxIterations: 100,
      });
      // A line search ends a little off the point it returns: the groups' own parameters go there, too.
      const value = problem.evaluate(minimum.z, gradient);
      const isBetter = !best || value < best.minimum.value * (1 - 1e-9);
      if (!best || value < best.minimum.value) {
        best = {
          minimum: { ...minimum, value, gradient: gradient.slice() },
          states: members.map((one) => one.best),
        };
      }
      // Another look at every group from where the shared parameters are now: one may sit in the wrong valley.
      if (near || !isBetter || shared.size === 0) break;
      problem.search(best.minimum.z);
    }
  }
  problem.hold(best!.minimum.z);
  members.forEach((member, g) => {
    member.best = best!.states[g]!;
  });
  return best!.minimum;
}
