import type { Differentiable } from "../../fit/objective/Differentiable.ts";
import { bfgs } from "../../fit/search/bfgs.ts";
import { resampleRows } from "../../isoflop/resampleRuns.ts";
import { dataConstrained } from "../../laws/limitedData/dataConstrained.ts";
import { muennighoff2023Fresh } from "../../laws/limitedData/publishedDataConstrained.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";
import type { RStarReplicate } from "./bootstrapRStar.ts";
import { type LimitedDataRun, rStarLimit } from "./fitRStar.ts";
import type { RepetitionPair } from "./repetitionPairs.ts";
import { type FreshLaw, requireFreshLaw } from "./requireLimitedDataLaw.ts";
import { requireLimitedRun } from "./requireLimitedRun.ts";

/** The law of fresh text under which ratios are taken. */
export interface RepetitionCostOptions {
  /** Default `muennighoff2023Fresh`. */
  readonly fresh?: FreshLaw;
}

/** R* from ratios of losses. */
export interface RepetitionCostFit extends RStarReplicate {
  /** Sum of Huber's loss (delta .001) over the pairs, of ln of predicted over measured ratio. */
  readonly objective: number;
}

type Pairs = readonly RepetitionPair<LimitedDataRun>[];

const delta = 1e-3;
const low = Math.log(0.01);
const high = Math.log(rStarLimit);
const [columns, lines, polished] = [28, 20, 6];

/**
 * R_D* and R_N* from what repetition costs: the ratios of losses of pairs that differ in their unique tokens only. A law of
 * fresh text that is off in its level, as the published one is, hardly touches ratios, while `fitRStar` lets the decay make
 * up for it.
 *
 * A grid over both logarithms, then BFGS from its best cells.
 *
 * Source: isoflop's; the law is that of Muennighoff et al. 2023 (arXiv 2305.16264), appendix A.
 *
 * @throws RangeError when there are no pairs, or a run of one or a constant of the law is not usable.
 *
 * @example
 * ```ts
 * import { fitRepetitionCost, repetitionPairs } from "isoflop";
 * import { muennighoffRuns } from "isoflop-datasets";
 * const pairs = repetitionPairs(muennighoffRuns()).filter(({ repeated }) => repeated.uniqueTokens >= 1e9);
 * fitRepetitionCost(pairs).rStarTokens; // => 21.1
 * ```
 */
export function fitRepetitionCost(pairs: Pairs, options: RepetitionCostOptions = {}): RepetitionCostFit {
  requireRows("fitRepetitionCost", pairs);
  requireOptions("fitRepetitionCost", options, ["fresh"]);
  if (pairs.length === 0) {
    throw new RangeError(
      "fitRepetitionCost needs pairs, got none; give runs of one size and total with and without repetition",
    );
  }
  const objective = costObjective(pairs, options);
  const slope = new Float64Array(2);
  const cells: { z: Float64Array; value: number }[] = [];
  for (let i = 0; i <= columns; i++) {
    for (let k = 0; k <= lines; k++) {
      const z = Float64Array.of(low + ((high - low) * i) / columns, low + ((high - low) * k) / lines);
      cells.push({ z, value: objective.evaluate(z, slope) });
    }
  }
  const box = {
    lower: Float64Array.of(low, low),
    upper: Float64Array.of(high, high),
    inverseHessian: Float64Array.of(100, 0, 0, 100),
    tolerance: 1e-14,
    floor: 1e-16,
    maxIterations: 200,
  };
  const best = cells
    .sort((p, q) => p.value - q.value)
    .slice(0, polished)
    .map(({ z }) => bfgs(objective, z, box))
    .reduce((least, one) => (one.value < least.value ? one : least));
  const [rStarTokens, rStarParams] = Array.from(best.z, (value) => Math.exp(value)) as [number, number];
  return { rStarTokens, rStarParams, objective: best.value };
}

/**
 * Bootstrap of `fitRepetitionCost`: sets of pairs that share their run on fresh text are drawn whole, with replacement.
 *
 * @throws RangeError when there are no pairs or an option is not usable.
 *
 * @example
 * ```ts
 * import { bootstrapRepetitionCost, repetitionPairs } from "isoflop";
 * import { muennighoffRuns } from "isoflop-datasets";
 * bootstrapRepetitionCost(repetitionPairs(muennighoffRuns()), { resamples: 3, seed: 1 }).length; // => 3
 * ```
 */
export function bootstrapRepetitionCost(
  pairs: Pairs,
  options: RepetitionCostOptions & { readonly resamples?: number; readonly seed?: number } = {},
): RepetitionCostFit[] {
  requireRows("bootstrapRepetitionCost", pairs);
  requireOptions("bootstrapRepetitionCost", options, ["fresh", "resamples", "seed"]);
  const { resamples = 400, seed = 1, ...rest } = options;
  const byTwin = new Map<LimitedDataRun, RepetitionPair[]>();
  for (const pair of pairs) byTwin.set(pair.fresh, [...(byTwin.get(pair.fresh) ?? []), pair]);
  const clusters = [...byTwin.values()];
  return Array.from(resampleRows(clusters.length, resamples, seed, "bootstrap"), (rows) =>
    fitRepetitionCost(
      Array.from(rows).flatMap((row) => clusters[row]!),
      rest,
    ),
  );
}

/** The objective and its slope by ln R_D* and ln R_N*. */
function costObjective(
  pairs: Pairs,
  { fresh = muennighoff2023Fresh }: RepetitionCostOptions,
): Differentiable {
  const { E, A, B, alpha, beta } = requireFreshLaw(fresh);
  const n = pairs.length;
  for (const [i, { repeated, fresh: twin }] of pairs.entries()) {
    requireLimitedRun(repeated, `the repeated run of pair ${i}`);
    requireLimitedRun(twin, `the fresh run of pair ${i}`);
  }
  const of = (read: (run: LimitedDataRun) => number) =>
    Float64Array.from({ length: 2 * n }, (_, i) =>
      Math.log(read(i < n ? pairs[i]!.repeated : pairs[i - n]!.fresh)),
    );
  const x = [of((run) => run.nParams), of((run) => run.nTokens), of((run) => run.uniqueTokens)];
  const measured = of((run) => run.loss);
  const value = new Float64Array(2 * n);
  const jacobian = new Float64Array(14 * n);
  return {
    evaluate(z, gradient) {
      const stars = [Math.exp(z[0]!), Math.exp(z[1]!)] as const;
      dataConstrained.evaluate(Float64Array.of(E, A, B, alpha, beta, ...stars), x, 2 * n, value, jacobian);
      let sum = 0;
      gradient.fill(0);
      for (let i = 0; i < n; i++) {
        const twin = i + n;
        const r = Math.log(value[i]! / value[twin]!) - (measured[i]! - measured[twin]!);
        const size = Math.abs(r);
        sum += size < delta ? (r * r) / 2 : delta * (size - delta / 2);
        const pull = size < delta ? r : delta * Math.sign(r);
        for (const j of [0, 1] as const) {
          const byStar = jacobian[7 * i + 5 + j]! / value[i]! - jacobian[7 * twin + 5 + j]! / value[twin]!;
          gradient[j]! += pull * byStar * stars[j];
        }
      }
      return sum;
    },
  };
}
