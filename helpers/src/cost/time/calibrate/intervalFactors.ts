import { choleskyInverse } from "../../../numerics/linear/cholesky.ts";
import { quantileOfSorted } from "../../../numerics/quantile.ts";
import type { RunLabels } from "./RunLabels.ts";
import { runGroup } from "./spreads.ts";
import type { IntervalFactors, StackFactors } from "./TimeCalibration.ts";

/** A stack with fewer runs has no factors of its own. */
const fewestRuns = 30;

/**
 * Factors of the intervals, by stack: the quantiles of |deviation|/(predicted standard deviation) of every run when its
 * group (`unknown`), or only what is laid out as it is (`known`), is left out. For a covariance S that is known, what is
 * left out is predicted by the rest with error (S⁻¹_gg)⁻¹ (S⁻¹r)_g and variance (S⁻¹_gg)⁻¹.
 */
export function intervalFactors(
  labels: readonly RunLabels[],
  inverse: Float64Array,
  solved: Float64Array,
): Record<string, StackFactors> {
  const unknown = leftOut(labels.map((one, i) => runGroup(one) || `run ${i}`), inverse, solved);
  const known = leftOut(labels.map((one, i) => `${runGroup(one)}|${one.layout || i}`), inverse, solved);
  const stacks = [...new Set(labels.map(({ stack }) => stack))];
  const factors: Record<string, StackFactors> = {};
  for (const stack of ["", ...stacks]) {
    const own = labels.flatMap((one, i) => (stack === "" || one.stack === stack ? [i] : []));
    if (stack !== "" && own.length < fewestRuns) continue;
    const quantiles = (away: Float64Array): IntervalFactors => {
      const sorted = Float64Array.from(own, (i) => away[i]!).sort();
      // As many more as a run of its own needs: the quantile of split conformal prediction.
      const share = (wanted: number) => Math.min(1, (wanted * (own.length + 1)) / own.length);
      return { p80: quantileOfSorted(sorted, share(0.8)), p95: quantileOfSorted(sorted, share(0.95)) };
    };
    factors[stack] = { known: quantiles(known), unknown: quantiles(unknown), runs: own.length };
  }
  return factors;
}

/** |error| over standard deviation of each run, predicted without those that share its key. */
function leftOut(keys: readonly string[], inverse: Float64Array, solved: Float64Array): Float64Array {
  const n = keys.length;
  const byKey = new Map<string, number[]>();
  keys.forEach((key, i) => {
    byKey.set(key, [...(byKey.get(key) ?? []), i]);
  });
  const away = new Float64Array(n);
  for (const list of byKey.values()) {
    const q = list.length;
    const block = new Float64Array(q * q);
    list.forEach((i, a) => list.forEach((j, b) => (block[a * q + b] = inverse[i * n + j]!)));
    const variance = choleskyInverse(block, q)!;
    list.forEach((i, a) => {
      let error = 0;
      list.forEach((j, b) => (error += variance[a * q + b]! * solved[j]!));
      away[i] = Math.abs(error) / Math.sqrt(variance[a * q + a]!);
    });
  }
  return away;
}
