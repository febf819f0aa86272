import { choleskyInverse } from "../../../numerics/linear/cholesky.ts";
import { quantileOfSorted } from "../../../numerics/quantile.ts";
import type { RunLabels } from "./RunLabels.ts";
import { runGroup } from "./spreads.ts";
import type { IntervalFactors, Novelty, StackFactors } from "./TimeCalibration.ts";

/** A stack with fewer runs has no factors of its own. */
const fewestRuns = 30;

/** What is left out together for each novelty. */
const leftOutBy: Readonly<Record<Novelty, (labels: RunLabels, run: number) => string>> = {
  layout: (labels, run) => `${runGroup(labels)}|${labels.layout || run}`,
  group: (labels, run) => runGroup(labels) || `${run}`,
  model: ({ model }, run) => model || `${run}`,
  accelerator: ({ accelerator }, run) => accelerator || `${run}`,
  stack: ({ stack }, run) => stack || `${run}`,
};

/**
 * Factors of the intervals, by stack and novelty: the quantiles of |deviation|/(predicted standard deviation) of every run
 * when all that share its layout, group, model, accelerator or stack are left out. For a covariance S that is known, what
 * is left out is predicted by the rest with error (S⁻¹_gg)⁻¹ (S⁻¹r)_g and variance (S⁻¹_gg)⁻¹.
 */
export function intervalFactors(
  labels: readonly RunLabels[],
  inverse: Float64Array,
  solved: Float64Array,
): Record<string, StackFactors> {
  const novelties = Object.keys(leftOutBy) as Novelty[];
  const away = new Map(
    novelties.map((kind) => [kind, leftOut(labels.map(leftOutBy[kind]), inverse, solved)]),
  );
  const stacks = [...new Set(labels.map(({ stack }) => stack))];
  const factors: Record<string, StackFactors> = {};
  for (const stack of ["", ...stacks]) {
    const own = labels.flatMap((one, i) => (stack === "" || one.stack === stack ? [i] : []));
    if (stack !== "" && own.length < fewestRuns) continue;
    const kinds = novelties.filter((kind) => stack === "" || kind !== "stack");
    const quantiles = kinds.map((kind) => [
      kind,
      quantilesOf(Float64Array.from(own, (i) => away.get(kind)![i]!)),
    ]);
    factors[stack] = { ...Object.fromEntries(quantiles), runs: own.length };
  }
  return factors;
}

/** Quantiles of split conformal prediction: of n runs and the one to come. */
function quantilesOf(away: Float64Array): IntervalFactors {
  const sorted = away.sort();
  const share = (wanted: number) => Math.min(1, (wanted * (sorted.length + 1)) / sorted.length);
  return { p80: quantileOfSorted(sorted, share(0.8)), p95: quantileOfSorted(sorted, share(0.95)) };
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
    for (let a = 0; a < q; a++) {
      for (let b = 0; b < q; b++) block[a * q + b] = inverse[list[a]! * n + list[b]!]!;
    }
    const variance = choleskyInverse(block, q)!;
    for (let a = 0; a < q; a++) {
      let error = 0;
      for (let b = 0; b < q; b++) error += variance[a * q + b]! * solved[list[b]!]!;
      away[list[a]!] = Math.abs(error) / Math.sqrt(variance[a * q + a]!);
    }
  }
  return away;
}
