import { requireLevel } from "../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../numerics/arguments/requireOptions.ts";
import { percentileInterval } from "../numerics/percentileInterval.ts";
import { type AllocationLaw, allocationThrough, tooFewBudgets } from "./AllocationLaw.ts";
import type { IsoflopRun } from "./IsoflopRun.ts";
import { type IsoflopOptions, type IsoflopParabola, isoflopParabolas } from "./isoflopParabolas.ts";
import { type Resampling, resampleRows } from "./resampleRuns.ts";

/** How parabolas are fitted and resampled. */
export interface Approach2Options extends IsoflopOptions {
  /** Resamples behind the intervals (default 200); 0 for none. */
  readonly resamples?: number;
  /** Default: 80 % of the runs without replacement, as Hoffmann et al. did. */
  readonly resampling?: Resampling;
  /** Central mass of the intervals (default 0.8: 10th to 90th percentile, as Hoffmann et al. print). */
  readonly level?: number;
  readonly seed?: number;
}

/** Intervals of an allocation's exponents. */
export interface AllocationIntervals {
  readonly level: number;
  readonly resamples: number;
  /** Resamples that left fewer than two budgets with a minimum, and so are not in the intervals. */
  readonly failed: number;
  readonly a: readonly [number, number];
  readonly b: readonly [number, number];
}

/** The allocation through the vertices of isoFLOP parabolas, with the parabolas. */
export interface Approach2 extends AllocationLaw {
  readonly parabolas: readonly IsoflopParabola[];
  /** Null when no resamples were asked for. */
  readonly intervals: AllocationIntervals | null;
  /** What the sweep cannot carry, budget by budget. */
  readonly warnings: readonly string[];
}

type Minimum = IsoflopParabola & { nParams: number; nTokens: number };

const minima = (parabolas: readonly IsoflopParabola[]) =>
  parabolas.filter((one): one is Minimum => one.nParams !== null);

/**
 * Chinchilla's approach 2: the optimum of each compute budget from a parabola of loss in ln N, then
 * N = kParams C^a and D = kTokens C^b through the optima by least squares in logarithms.
 *
 * Source: Hoffmann et al. 2022, section 3.2 and Table 2. Budgets whose parabola has no minimum are left out and
 * named in `warnings`; one whose minimum lies outside its runs stays in, with a warning.
 *
 * @param runs nParams in parameters, flops in FLOPs, loss in nats per token; D is flops / (6 nParams)
 * @throws RangeError when fewer than two budgets have a minimum, or a run is not positive
 * @example
 * import { approach2 } from "isoflop";
 * const runs = [1e18, 1e20, 1e22].flatMap((flops) =>
 *   [0.5, 1, 2].map((k) => {
 *     const nParams = 0.1 * k * Math.sqrt(flops);
 *     return { nParams, nTokens: flops / (6 * nParams), flops, loss: 3 + 0.1 * Math.log(k) ** 2 };
 *   }),
 * );
 * approach2(runs, { resamples: 0 }).a; // => 0.5
 */
export function approach2(runs: readonly IsoflopRun[], options: Approach2Options = {}): Approach2 {
  requireOptions("approach2", options, ["budgetRatio", "resamples", "resampling", "level", "seed"]);
  const { resamples = 200, resampling = { subsample: 0.8 }, level = 0.8, seed = 42 } = options;
  requireLevel(level);
  const parabolas = isoflopParabolas(runs, { budgetRatio: options.budgetRatio });
  const found = minima(parabolas);
  const allocation = allocationThrough(found);
  if (!allocation) {
    throw tooFewBudgets(
      parabolas.map((one) => one.flops),
      found.length,
    );
  }
  const warnings = parabolas.flatMap((one) =>
    one.warnings.map((warning) => `${one.flops.toExponential(2)} FLOPs: ${warning}`),
  );
  const intervals = resamples !== 0 ? interval(parabolas, resamples, resampling, level, seed) : null;
  return { ...allocation, parabolas, intervals, warnings };
}

function interval(
  parabolas: readonly IsoflopParabola[],
  resamples: number,
  resampling: Resampling,
  level: number,
  seed: number,
): AllocationIntervals {
  // Give each run its budget's stated compute, so that a resample keeps the grouping of the whole sweep.
  const runs = parabolas.flatMap((one) => one.runs.map((run) => ({ ...run, flops: one.flops })));
  const a: number[] = [];
  const b: number[] = [];
  let failed = 0;
  for (const rows of resampleRows(runs.length, resamples, seed, resampling)) {
    const drawn = Array.from(rows, (row) => runs[row]!);
    const allocation = allocationThrough(minima(isoflopParabolas(drawn, { budgetRatio: 1 + 1e-9 })));
    if (!allocation) failed++;
    else {
      a.push(allocation.a);
      b.push(allocation.b);
    }
  }
  return { level, resamples, failed, a: central(a, level), b: central(b, level) };
}

function central(values: readonly number[], level: number): [number, number] {
  return values.length === 0 ? [Number.NaN, Number.NaN] : percentileInterval(values, level);
}
