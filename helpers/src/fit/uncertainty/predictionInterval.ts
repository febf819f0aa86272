import { parameterArray, pointColumns } from "../../laws/definition/predict.ts";
import { requireLevel, requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { studentTQuantile } from "../../numerics/distributions/studentT.ts";
import { lawResiduals } from "../objective/lawResiduals.ts";
import { objectiveOf } from "../objective/objectiveOf.ts";
import { usualWeight } from "../objective/usualWeight.ts";
import type { CovarianceKind } from "./CovarianceKind.ts";
import { varianceAlong } from "./coordinateCovariance.ts";
import { type CovarianceOptions, covariance } from "./covariance.ts";
import { type Estimate, unidentified } from "./Estimate.ts";
import type { Interval, PredictionOptions } from "./Interval.ts";

/** See `Fit.predictionInterval`. */
export function predictionInterval<V extends string, P extends string>(
  estimate: Estimate<V, P, string>,
  point: Readonly<Record<V, number>>,
  options: PredictionOptions & { covariance?: CovarianceOptions["kind"] } = {},
): Interval {
  requireOptions("predictionInterval", options, ["level", "kind", "weight", "covariance"]);
  const { level = 0.95, kind = "mean", weight = usualWeight(estimate.table) } = options;
  requireOneOf("kind", kind, ["mean", "new-run"]);
  requireLevel(level);
  requirePositive("weight", weight, "leave it out for a run like the others");
  if (unidentified(estimate)) return [estimate.options.residual === "raw" ? -Infinity : 0, Infinity];
  const { law, run } = predictionIntervals(estimate, level, weight, options.covariance)(point);
  return kind === "new-run" ? run : law;
}

/** The intervals at many points, for the law's value and for one more run: what does not depend on the point is reckoned once. */
export function predictionIntervals<V extends string, P extends string>(
  estimate: Estimate<V, P, string>,
  level: number,
  weight: number = usualWeight(estimate.table),
  kind: CovarianceKind = "HC3",
): (point: Readonly<Record<V, number>>) => { readonly law: Interval; readonly run: Interval } {
  const { law, table, options } = estimate;
  const { coordinates } = objectiveOf(estimate);
  const isRaw = options.residual === "raw";
  const theta = parameterArray(law, estimate.parameters);
  const { ofCoordinates, freedom } = covariance(estimate, { kind });
  // A run of weight w has the variance sigma^2 / w, so w r^2 estimates sigma^2.
  const total = lawResiduals(law, theta, table, options.residual).reduce(
    (sum, residual, i) => sum + table.w[i]! * residual * residual,
    0,
  );
  const noise = total / Math.max(freedom, 1) / weight;
  const t = studentTQuantile((1 + level) / 2, Math.max(freedom, 1));
  return (point) => {
    const value = new Float64Array(1);
    const slope = new Float64Array(theta.length);
    law.evaluate(theta, pointColumns(law, point), 1, value, slope);
    const at = value[0]!;
    const gradient = new Float64Array(coordinates.size);
    for (let j = 0; j < theta.length; j++) {
      const slot = coordinates.slot[j]!;
      if (slot < 0) continue;
      gradient[slot]! += (slope[j]! * (coordinates.free[slot]!.log ? theta[j]! : 1)) / (isRaw ? 1 : at);
    }
    const variance = varianceAlong(gradient, ofCoordinates);
    const around = (size: number): Interval => {
      const reach = t * Math.sqrt(size);
      return isRaw ? [at - reach, at + reach] : [at * Math.exp(-reach), at * Math.exp(reach)];
    };
    return { law: around(variance), run: around(variance + noise) };
  };
}
