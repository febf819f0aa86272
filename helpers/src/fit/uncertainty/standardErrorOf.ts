import type { Objective } from "../objective/Objective.ts";
import type { CovarianceKind } from "./CovarianceKind.ts";
import type { ClusterKeys } from "./clusterKeys.ts";
import { coordinateCovariance } from "./coordinateCovariance.ts";
import { measureOf } from "./Measure.ts";
import type { Quantity } from "./Quantity.ts";

/** A quantity at z, its standard error by the delta method, and the degrees of freedom of that. */
export function standardErrorOf<P extends string>(
  objective: Objective,
  z: Float64Array,
  quantity: Quantity<P>,
  kind: CovarianceKind,
  clusters?: ClusterKeys,
): { value: number; standardError: number; freedom: number } {
  const { ofCoordinates, freedom } = coordinateCovariance(objective, z, kind, clusters);
  const measure = measureOf(objective, quantity, ofCoordinates);
  const slope = measure.slope(z);
  const q = z.length;
  let variance = 0;
  for (let a = 0; a < q; a++) {
    for (let b = 0; b < q; b++) {
      // An open direction counts only where the quantity moves along it.
      if (slope[a] !== 0 && slope[b] !== 0) variance += slope[a]! * slope[b]! * ofCoordinates[a * q + b]!;
    }
  }
  return { value: measure.value(z), standardError: Math.sqrt(variance), freedom };
}
