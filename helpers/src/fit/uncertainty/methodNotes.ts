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

/** What is to be said of a bootstrap. */
export function bootstrapNotes(
  _estimate: Pick<Estimate, "table" | "options">,
  _kind: string,
  _exact?: readonly boolean[],
): readonly string[] {
  return [];
}

/** What is to be said of intervals by so many clusters. */
export function clusterNote(_count: number): string | undefined {
  return undefined;
}
