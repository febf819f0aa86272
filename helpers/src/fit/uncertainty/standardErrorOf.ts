import type { Objective } from "../objective/Objective.ts";
import type { CovarianceKind } from "./CovarianceKind.ts";
import type { ClusterKeys } from "./clusterKeys.ts";
import { coordinateCovariance, varianceAlong } from "./coordinateCovariance.ts";
import { type Measure, measureOf } from "./Measure.ts";
import type { Quantity } from "./Quantity.ts";

/** What `standardErrorOf` finds. */
export interface StandardError {
  readonly value: number;
  readonly standardError: number;
  readonly freedom: number;
  readonly measure: Measure;
  readonly ofCoordinates: Float64Array;
}

/** A quantity at z, its standard error by the delta method, and the degrees of freedom of that. */
export function standardErrorOf<P extends string>(
  objective: Objective,
  z: Float64Array,
  quantity: Quantity<P>,
  kind: CovarianceKind,
  clusters?: ClusterKeys,
): StandardError {
  const { ofCoordinates, freedom } = coordinateCovariance(objective, z, kind, clusters);
  const measure = measureOf(objective, quantity, ofCoordinates);
  return {
    value: measure.value(z),
    standardError: Math.sqrt(varianceAlong(measure.slope(z), ofCoordinates)),
    freedom,
    measure,
    ofCoordinates,
  };
}
