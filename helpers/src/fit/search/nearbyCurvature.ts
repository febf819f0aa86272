import type { FitOptions } from "../objective/FitOptions.ts";
import type { Objective } from "../objective/Objective.ts";

/**
 * Where a search of many runs may begin: the inverse Hessian at a start, from a part of the runs; undefined where it is
 * not worth its time. Never in a page, which is to be small and has few runs; in Node hostNearbyCurvature.ts stands here.
 */
export function nearbyCurvature(
  _objective: Objective,
  _z: Float64Array,
  _method: FitOptions["method"],
): Float64Array | undefined {
  return undefined;
}
