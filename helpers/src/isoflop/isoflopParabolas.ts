import { requireOptions } from "../numerics/arguments/requireOptions.ts";
import { fitParabola } from "../numerics/lines/fitParabola.ts";
import { groupByBudget } from "./groupByBudget.ts";
import { checkIsoflopRuns, type IsoflopRun } from "./IsoflopRun.ts";

/** The parabola of one compute budget and what it says about the optimal model. */
export interface IsoflopParabola {
  /** Compute budget, FLOPs. */
  readonly flops: number;
  readonly runs: readonly IsoflopRun[];
  /** loss(nParams) = c0 + c1 u + c2 u², u = ln nParams − centre; null without three distinct sizes. */
  readonly coefficients: {
    readonly centre: number;
    readonly c0: number;
    readonly c1: number;
    readonly c2: number;
  } | null;
  /** The vertex: optimal parameters; null where the parabola has no minimum. */
  readonly nParams: number | null;
  /** Tokens the budget leaves for that model, flops / (6 nParams). */
  readonly nTokens: number | null;
  /** Loss at the vertex, nats per token. */
  readonly loss: number | null;
  /** What the runs of this budget cannot carry, in plain words; empty when all is well. */
  readonly warnings: readonly string[];
  /** Loss of the parabola at a model size. */
  lossAt(nParams: number): number;
}

/** What counts as one budget. */
export interface IsoflopOptions {
  /** Largest step in compute inside one budget (default 1.1). */
  readonly budgetRatio?: number;
}

/**
 * IsoFLOP profiles: for each compute budget the least-squares parabola of loss in ln N, and its vertex, the
 * model size that budget is best spent on.
 *
 * Source: Hoffmann et al. 2022, section 3.2 (approach 2). The vertex carries a bias when the true curve is
 * no parabola (Czech et al. 2026); see `parabolaBias`.
 *
 * @param runs nParams and nTokens in counts, flops in FLOPs, loss in nats per token; every run counts once
 * @throws RangeError naming the run and value when nParams, flops or loss is not a finite number > 0
 * @example
 * import { isoflopParabolas } from "isoflop";
 * const runs = [1e8, 2e8, 4e8].map((nParams) => {
 *   const u = Math.log(nParams / 2e8);
 *   return { nParams, nTokens: 1e19 / (6 * nParams), flops: 1e19, loss: 2.8 + 0.05 * u * u };
 * });
 * const [budget] = isoflopParabolas(runs);
 * budget?.nParams; // => 2.00e8
 */
export function isoflopParabolas(
  runs: readonly IsoflopRun[],
  options: IsoflopOptions = {},
): IsoflopParabola[] {
  checkIsoflopRuns("isoflopParabolas", runs);
  requireOptions("isoflopParabolas", options, ["budgetRatio"]);
  return groupByBudget(runs, options.budgetRatio).map(({ flops, runs: group }) => profile(flops, group));
}

function profile(flops: number, runs: readonly IsoflopRun[]): IsoflopParabola {
  const sizes = runs.map((run) => Math.log(run.nParams));
  const parabola = fitParabola(
    sizes,
    runs.map((run) => run.loss),
  );
  if (!parabola) {
    const warnings = [
      `needs runs at three model sizes or more, has ${new Set(sizes).size}; no parabola for this budget`,
    ];
    return {
      flops,
      runs,
      coefficients: null,
      nParams: null,
      nTokens: null,
      loss: null,
      warnings,
      lossAt: () => Number.NaN,
    };
  }
  const { centre, c0, c1, c2 } = parabola;
  const lossAt = (nParams: number) => {
    const u = Math.log(nParams) - centre;
    return c0 + u * (c1 + u * c2);
  };
  if (!(c2 > 0)) {
    const warnings = [
      "the parabola opens downwards: no interior minimum; train smaller and larger models at this budget",
    ];
    return {
      flops,
      runs,
      coefficients: parabola,
      nParams: null,
      nTokens: null,
      loss: null,
      warnings,
      lossAt,
    };
  }
  const vertex = -c1 / (2 * c2);
  const nParams = Math.exp(centre + vertex);
  const warnings: string[] = [];
  const smallest = runs.reduce((least, run) => Math.min(least, run.nParams), Number.POSITIVE_INFINITY);
  const largest = runs.reduce((most, run) => Math.max(most, run.nParams), 0);
  if (nParams < smallest || nParams > largest) {
    const side = nParams < smallest ? "below the smallest" : "above the largest";
    warnings.push(
      `the minimum lies ${side} model trained at this budget: an extrapolation, not an interior minimum`,
    );
  }
  if (runs.length === 3)
    warnings.push("three runs fix the parabola exactly: its vertex carries their noise in full");
  return {
    flops,
    runs,
    coefficients: parabola,
    nParams,
    nTokens: flops / (6 * nParams),
    loss: c0 - (c1 * c1) / (4 * c2),
    warnings,
    lossAt,
  };
}
