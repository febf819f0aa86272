import { parameterArray, pointColumns } from "../../laws/definition/predict.ts";
import { requireLevel, requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { studentTQuantile } from "../../numerics/distributions/studentT.ts";
import { lawResiduals } from "../objective/lawResiduals.ts";
import { objectiveOf } from "../objective/objectiveOf.ts";
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
  const { level = 0.95, kind = "mean", weight = 1 } = options;
  requireOneOf("kind", kind, ["mean", "new-run"]);
  requireLevel(level);
  requirePositive("weight", weight, "1 is the weight of a run of a fit without weights");
  const { law, table } = estimate;
  if (unidentified(estimate)) return [estimate.options.residual === "raw" ? -Infinity : 0, Infinity];
  const { coordinates } = objectiveOf(estimate);
  const raw = estimate.options.residual === "raw";
  const theta = parameterArray(law, estimate.parameters);
  const value = new Float64Array(1);
  const slope = new Float64Array(theta.length);
  law.evaluate(theta, pointColumns(law, point), 1, value, slope);
  const q = coordinates.size;
  const gradient = new Float64Array(q);
  for (let j = 0; j < theta.length; j++) {
    const slot = coordinates.slot[j]!;
    if (slot < 0) continue;
    const step = (coordinates.free[slot]!.log ? theta[j]! : 1) / (raw ? 1 : value[0]!);
    gradient[slot]! += slope[j]! * step;
  }
  const { ofCoordinates, freedom } = covariance(estimate, { kind: options.covariance ?? "HC3" });
  let variance = 0;
  for (let a = 0; a < q; a++) {
    for (let b = 0; b < q; b++) variance += gradient[a]! * gradient[b]! * ofCoordinates[a * q + b]!;
  }
  if (kind === "new-run") {
    // A run of weight w has the variance sigma^2 / w, so w r^2 estimates sigma^2.
    const total = lawResiduals(law, theta, table, estimate.options.residual).reduce(
      (sum, residual, i) => sum + table.w[i]! * residual * residual,
      0,
    );
    variance += total / Math.max(freedom, 1) / weight;
  }
  const reach = studentTQuantile((1 + level) / 2, Math.max(freedom, 1)) * Math.sqrt(variance);
  return raw
    ? [value[0]! - reach, value[0]! + reach]
    : [value[0]! * Math.exp(-reach), value[0]! * Math.exp(reach)];
}
