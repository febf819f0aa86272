import { huber } from "../../fit/losses/huber.ts";
import type { FittedLaw } from "../../laws/definition/Law.ts";
import { requireFitted } from "../../laws/definition/requireLaw.ts";
import { refusal, requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";
import type { CurvePoint } from "./predictCurve.ts";

/** How far a law lies from a curve. */
export interface CurveErrors {
  /** Share of the curve's variance that the law explains; NaN where the points do not differ. */
  readonly r2: number;
  /** Mean absolute error, nats per token. */
  readonly mae: number;
  /** Root of the mean squared error, nats per token. */
  readonly rmse: number;
  /** Mean and largest error as a share of the loss. */
  readonly relative: number;
  readonly worst: number;
  /** Sum of Huber's loss with delta 1e-3 over the errors of the logarithm: what the multi-power law's authors minimise. */
  readonly huber: number;
}

/**
 * How far a law of loss curves lies from the points of one curve, in the measures of the multi-power law's authors.
 *
 * Source: thu-yao-01-luo/MultiPowerLaw at 8da9f19, src/evaluation.py.
 *
 * @param law a fit, or a law with its constants
 * @param points of one curve: run and step, as the law reads them, and loss
 * @throws RangeError without points, where a loss is not > 0 or the law has no value
 *
 * @example
 * import { curveErrors, luo2025, multiPowerLaw, withParameters } from "isoflop";
 * const law = withParameters(multiPowerLaw([[3e-4, 3e-4, 3e-4]]), { ...luo2025["25M"], L0: 3, A: 9e-4, alpha: 1 });
 * const points = [1, 2].map((step) => ({ run: 0, step, loss: 4.5 }));
 * curveErrors(law, points).mae; // => 0.25
 */
export function curveErrors(
  law: FittedLaw<"run" | "step", string, "loss">,
  points: readonly (CurvePoint & { readonly run: number })[],
): CurveErrors {
  requireFitted("curveErrors", law);
  requireRows("curveErrors", points);
  const n = points.length;
  if (n === 0)
    throw refusal("the points of a curve", "must be one or more", n, "give steps with their losses");
  const mean = points.reduce((sum, { loss }) => sum + loss, 0) / n;
  const logs = new Float64Array(n);
  let [absolute, squares, variance, relative, worst] = [0, 0, 0, 0, 0];
  points.forEach((point, i) => {
    requirePositive("loss", point.loss, { in: `row ${i}` });
    const predicted = law.predict(point);
    const error = Math.abs(predicted - point.loss);
    absolute += error;
    squares += error ** 2;
    variance += (point.loss - mean) ** 2;
    relative += error / point.loss;
    worst = Math.max(worst, error / point.loss);
    logs[i] = Math.log(predicted / point.loss);
  });
  return {
    r2: variance > 0 ? 1 - squares / variance : Number.NaN,
    mae: absolute / n,
    rmse: Math.sqrt(squares / n),
    relative: relative / n,
    worst,
    huber: huber(1e-3).sum(logs, new Float64Array(n).fill(1), n, new Float64Array(n)),
  };
}
