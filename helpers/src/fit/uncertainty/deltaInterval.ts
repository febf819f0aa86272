import { requireLevel } from "../../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { studentTQuantile } from "../../numerics/distributions/studentT.ts";
import { objectiveOf } from "../objective/objectiveOf.ts";
import { covarianceKinds, defaultKind } from "./CovarianceKind.ts";
import { checkClusters } from "./clusterKeys.ts";
import type { CovarianceOptions } from "./covariance.ts";
import { type Estimate, unidentified } from "./Estimate.ts";
import type { Interval } from "./Interval.ts";
import type { Quantity } from "./Quantity.ts";
import { standardErrorOf } from "./standardErrorOf.ts";

/** How `Fit.interval` finds its limits, besides what `covariance` asks for. */
export interface DeltaOptions extends CovarianceOptions {
  readonly level?: number;
  /**
   * `linear` (default): estimate ± t standard errors. `log`: the same on the logarithm, for a quantity that is positive
   * and spans decades, such as an optimal size.
   */
  readonly scale?: "linear" | "log";
}

/** See `Fit.interval`. */
export function deltaInterval<P extends string>(
  estimate: Estimate<string, P, string>,
  quantity: Quantity<P>,
  options: DeltaOptions = {},
): Interval {
  requireOptions("interval", options, ["level", "scale", "kind", "clusters"]);
  const { level = 0.95, scale = "linear", clusters, kind = defaultKind(clusters) } = options;
  requireLevel(level);
  requireOneOf("scale", scale, ["linear", "log"]);
  requireOneOf("kind", kind, covarianceKinds);
  if (clusters) checkClusters(clusters, estimate.table.n, kind);
  const isLog = scale === "log";
  if (unidentified(estimate)) return [isLog ? 0 : -Infinity, Infinity];
  const { z } = estimate.minimum;
  const found = standardErrorOf(objectiveOf(estimate), z, quantity, kind, clusters);
  const { value, standardError, freedom } = found;
  if (!Number.isFinite(value)) {
    throw new RangeError(`the quantity must be finite at the estimate, got ${value}; check the function`);
  }
  const reach = studentTQuantile((1 + level) / 2, Math.max(freedom, 1)) * standardError;
  if (!isLog) return [value - reach, value + reach];
  if (!(value > 0)) {
    throw new RangeError(`scale "log" needs a quantity > 0, got ${value}; leave scale out`);
  }
  return [value * Math.exp(-reach / value), value * Math.exp(reach / value)];
}
