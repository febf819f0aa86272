import { parameterArray } from "../../laws/definition/predict.ts";
import type { LossSpecification } from "../losses/Loss.ts";
import type { Objective } from "../objective/Objective.ts";
import { objectiveOf } from "../objective/objectiveOf.ts";
import { robustSigma } from "../objective/robustSigma.ts";
import type { CovarianceKind } from "./CovarianceKind.ts";
import type { Estimate } from "./Estimate.ts";

/** With fewer runs, methods differ in how often they hold the truth (docs/coverage.md). */
const few = 60;
/** A loss whose corner lies nearer to zero, in robust standard deviations, is nearly that of absolute deviations. */
const near = 0.5;

/**
 * What is to be said of intervals that take the objective's curvature for all runs alike, or that make up for few runs by
 * one number for all; undefined where there is nothing. A loss that is nearly that of absolute deviations has its curvature
 * from the few runs near zero.
 */
export function curvatureNote(estimate: Estimate, kind?: CovarianceKind): string | undefined {
  const { table, law, parameters } = estimate;
  if (table.n >= few) return undefined;
  const objective = objectiveOf(estimate);
  const z = objective.coordinates.fromParameters(parameterArray(law, parameters));
  objective.prepare(z);
  const { specification, label } = objective.loss;
  const corner = cornerOf(specification);
  if (corner < Infinity && corner < near * robustSigma(objective, z.length)) {
    return `${table.n} runs and ${label}: intervals are too narrow unless delta follows the noise, as by default; interval() holds`;
  }
  return kind === undefined || kind === "hessian"
    ? undefined
    : `${table.n} runs: 95 % limits of ${kind} hold in 91 to 97 % at 20; HC3, the default, holds`;
}

/** How far from zero a loss turns from squares to absolute deviations. */
function cornerOf({ kind, scale, base }: LossSpecification): number {
  if (base) return cornerOf(base);
  return kind === "l1" ? 0 : (scale ?? Infinity);
}

/** What is to be said of parameters that lie on a bound, where no curvature tells how sure they are. */
export function boundNote({ coordinates, law }: Objective, z: Float64Array): string | undefined {
  const names = coordinates.free.flatMap(({ lower, upper, members }, k) =>
    lower < upper && (z[k]! <= lower || z[k]! >= upper) ? [law.parameters[members[0]!]!.name] : [],
  );
  return names.length > 0
    ? `${names.join(" and ")} on a bound: the others' standard errors are those given that; profile() has its limit`
    : undefined;
}

/**
 * What is to be said of a bootstrap: of few runs that keeps their variables; and beside priors, since it draws runs and no
 * other beliefs.
 *
 * @throws RangeError where `exact` does not go with the kind or the runs
 */
export function bootstrapNotes(
  { table, options: { priors = {} } }: Pick<Estimate, "table" | "options">,
  kind: string,
  exact?: readonly boolean[],
): readonly string[] {
  if (exact && kind !== "wild") {
    throw new RangeError(`exact needs kind "wild", got "${kind}"; leave one of the two out`);
  }
  if (exact && exact.length !== table.n) {
    throw new RangeError(`exact must be one flag per run (${table.n}), got ${exact.length}`);
  }
  const names = Object.entries(priors).flatMap(([name, prior]) => (prior ? [name] : []));
  return [
    names.length > 0 &&
      `the priors of ${names.join(" and ")} are the same in every replicate, whose scatter is too small by what they decide; interval() and profile() count that`,
    table.n < few &&
      (kind === "residual" || kind === "wild") &&
      `${table.n} runs: 95 % limits of a ${kind} bootstrap hold in about 92 % below ${few}; kind "pairs" and interval() hold`,
  ].filter((text) => text !== false);
}

const enoughClusters = 30;

/** That intervals by cluster are too narrow, where there are too few clusters. */
export function clusterNote(count: number): string | undefined {
  return count < enoughClusters
    ? `${count} clusters: intervals by cluster are too narrow below about ${enoughClusters}`
    : undefined;
}
