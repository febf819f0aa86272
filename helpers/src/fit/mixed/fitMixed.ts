import type { Law } from "../../laws/definition/Law.ts";
import { requireLaw } from "../../laws/definition/requireLaw.ts";
import { indexOfName } from "../../numerics/arguments/indexOfName.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { splitRuns } from "../groups/splitRuns.ts";
import { squared } from "../losses/squared.ts";
import { Coordinates } from "../objective/Coordinates.ts";
import { checkFitArguments } from "../objective/fitArguments.ts";
import { Objective } from "../objective/Objective.ts";
import { alternate, usedRuns } from "./alternate.ts";
import { type FitMixedOptions, mixedOptionNames } from "./FitMixedOptions.ts";
import { MixedFit } from "./MixedFit.ts";
import { mixedStart } from "./mixedStart.ts";

/**
 * Fits a law whose parameters scatter from group to group: each group has its own value of every `random` parameter, drawn
 * from a normal distribution around a common one, and Gaussian noise. Model families with floors and exponents that are
 * alike but not equal: small groups borrow from the others, and what a new group will do can be said.
 *
 * Parameters that span decades (amplitudes: `scale: "log"`) scatter on their logarithm. A law that is linear in its
 * parameters, with raw residuals, is solved exactly, as by lme4; for others the method of Lindstrom and Bates alternates
 * between the law's parameters and the spread, as nlme does, and shares its approximation: the likelihood is that of the law
 * linearised at the groups' estimates. No bounds are kept, nor the domain's end, which a normal scatter does not know: a value
 * beyond it is told by the status, and `fitGroups` keeps it.
 *
 * @returns an immutable `MixedFit`: common parameters, spread and correlation, each group's parameters, likelihood
 * @throws RangeError when there are fewer than three groups, a run has no group, or an option is not usable
 *
 * Source: Lindstrom and Bates 1990; Pinheiro and Bates 2000, chapters 2 and 7.
 *
 * @example
 * ```ts
 * import { fitMixed, powerLaw } from "isoflop";
 * const floors = [1.5, 1.6, 1.7, 1.55, 1.65, 1.62];
 * const runs = floors.flatMap((floor, k) =>
 *   [1e7, 1e8, 1e9, 1e10, 1e11].map((nParams, i) => ({ family: `f${k}`, nParams, loss: (floor + 40 / nParams ** 0.25) * (1 + ((i * 7 + k * 3) % 5 - 2) / 1e4) })),
 * );
 * const mixed = fitMixed(powerLaw("nParams"), runs, { group: "family", random: ["E"] });
 * mixed.parameters.alpha; // => 0.25
 * mixed.spread.E; // => 0.07118
 * mixed.status; // => "converged"
 * ```
 */
export function fitMixed<
  V extends string,
  P extends string,
  R extends string,
  Run extends Readonly<Record<V | R, number>>,
>(law: Law<V, P, R>, runs: readonly Run[], options: FitMixedOptions<P, Run>): MixedFit<V, P, R> {
  requireLaw("fitMixed", law);
  requireOptions("fitMixed", options, mixedOptionNames);
  checkFitArguments(law, options);
  const { group, random, method = "REML", correlated = true, residual = "log", weights, fixed } = options;
  requireOneOf("method", method, ["REML", "ML"]);
  requireOneOf("residual", residual, ["log", "raw"]);
  if (typeof correlated !== "boolean") {
    throw new RangeError(`correlated must be true or false, got ${String(correlated)}`);
  }
  if (!Array.isArray(random) || random.length === 0 || new Set(random).size !== random.length) {
    throw new RangeError(
      `random must be a list of one or more different parameters such as ["E"], got ${JSON.stringify(random)}; for none take fit`,
    );
  }
  const names = law.parameters.map(({ name }) => name as string);
  for (const name of random) {
    indexOfName(names, name);
    if ((fixed as Record<string, unknown> | undefined)?.[name] !== undefined) {
      throw new RangeError(`${name} cannot be both fixed and random; leave one out`);
    }
  }
  const grouped = splitRuns("fitMixed", law as Law, runs, group, residual, weights);
  const used = grouped.names.filter((_, g) => usedRuns(grouped.tables[g]!.w) > 0);
  if (used.length < 3) {
    throw new RangeError(
      `fitMixed needs at least 3 groups with runs of weight to tell how they scatter, got ${used.join(", ")}; fitGroups takes any number`,
    );
  }
  const coordinates = new Coordinates(law as Law, { ...(fixed && { fixed }) });
  const slots = random.map((name) => coordinates.slot[names.indexOf(name)]!);
  const objectives = grouped.tables.map(({ x, y, w, n }) => {
    const target = residual === "log" ? y.map(Math.log) : y;
    return new Objective(law as Law, coordinates, squared(), residual === "log", x, target, w, n);
  });
  const start = mixedStart(law as Law, runs, options as never, objectives, slots, grouped);
  const state = alternate(objectives, slots, start, { restricted: method === "REML", correlated });
  return new MixedFit(law, grouped, { method, correlated, residual, random }, coordinates, slots, state);
}
