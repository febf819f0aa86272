import { quantileOfSorted } from "../../numerics/quantile.ts";
import type { Gaps } from "./fleet/Gaps.ts";

/** Mean and percentiles; NaN where there is nothing to count. */
export interface Spread {
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
}

/** Of values that are numbers; percentiles as numpy's, between the neighbours. */
export function spreadOf(values: Float64Array): Spread {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  let sum = 0;
  for (const value of sorted) sum += value;
  const at = (share: number) => quantileOfSorted(sorted, share);
  return { mean: sum / sorted.length, p50: at(0.5), p90: at(0.9), p95: at(0.95), p99: at(0.99) };
}

export function spreadOfGaps(gaps: Gaps): Spread {
  const [p50, p90, p95, p99] = gaps.quantiles([0.5, 0.9, 0.95, 0.99]) as [number, number, number, number];
  return { mean: gaps.mean, p50, p90, p95, p99 };
}
