import { quantileOfSorted } from "../../../numerics/quantile.ts";
import { objectiveOf } from "../../objective/objectiveOf.ts";
import type { Interval } from "../Interval.ts";
import type { Quantity } from "../Quantity.ts";
import { standardErrorOf } from "../standardErrorOf.ts";
import { Resampler, type ResamplingTask } from "./Resampler.ts";

/**
 * Bootstrap-t: each replicate says how many of its own standard errors it is off, so the interval is as wide as few
 * runs make it. A replicate's standard error is that of its resampled runs, which are drawn again.
 *
 * Source: Efron and Tibshirani 1993, section 12.5.
 *
 * @param rows parameters of the replicates, one after the other
 */
export function studentizedLimits<P extends string>(
  task: ResamplingTask,
  rows: Float64Array,
  quantity: Quantity<P>,
  level: number,
): Interval {
  const kind = task.kind === "residual" ? "hessian" : "HC3";
  const full = objectiveOf(task);
  const { value: estimate, standardError } = standardErrorOf(full, task.z, quantity, kind);
  const resampler = new Resampler(task);
  const p = task.law.parameters.length;
  const ratios: number[] = [];
  for (let k = 0; k * p < rows.length; k++) {
    const objective = resampler.draw(k);
    const z = full.coordinates.fromParameters(rows.subarray(k * p, (k + 1) * p));
    const found = standardErrorOf(objective, z, quantity, kind);
    const ratio = (found.value - estimate) / found.standardError;
    if (Number.isFinite(ratio)) ratios.push(ratio);
  }
  const sorted = Float64Array.from(ratios).sort();
  const tail = (1 - level) / 2;
  return [
    estimate - standardError * quantileOfSorted(sorted, 1 - tail),
    estimate - standardError * quantileOfSorted(sorted, tail),
  ];
}
