import type { Objective } from "../objective/Objective.ts";
import type { CovarianceKind } from "./CovarianceKind.ts";
import type { Estimate } from "./Estimate.ts";

// Nothing is said in a page, which is to be small: whoever writes it has looked at the fit in Node or in a notebook, where
// hostMethodNotes.ts stands here.

/** What is to be said of intervals that a method takes from the curvature of few runs. */
export function curvatureNote(_estimate: Estimate, _kind?: CovarianceKind): string | undefined {
  return undefined;
}

/** What is to be said of parameters that lie on a bound. */
export function boundNote(_objective: Objective, _z: Float64Array): string | undefined {
  return undefined;
}

/** What is to be said of a bootstrap of few runs that keeps their variables. */
export function residualNote(_estimate: Pick<Estimate, "table">, _kind: string): string | undefined {
  return undefined;
}

/** What is to be said of a bootstrap beside priors. */
export function priorNote(_estimate: Pick<Estimate, "options">): string | undefined {
  return undefined;
}

/** What is to be said of intervals by so many clusters. */
export function clusterNote(_count: number): string | undefined {
  return undefined;
}
