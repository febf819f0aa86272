import { fitParabola } from "../numerics/lines/fitParabola.ts";
import { type AllocationLaw, allocationThrough, tooFewBudgets } from "./AllocationLaw.ts";
import type { IsoflopParabola } from "./isoflopParabolas.ts";
import { type LossOf, minimiseOverSize } from "./minimiseOverSize.ts";

/** One budget's vertex before and after the correction. */
export interface CorrectedBudget {
  readonly flops: number;
  /** The parabola's vertex. */
  readonly vertexParams: number;
  /** Relative error a parabola through the law's own losses at the same sizes makes. */
  readonly bias: number;
  /** The vertex freed of that error. */
  readonly nParams: number;
  readonly nTokens: number;
}

/** Approach 2 with each parabola's vertex moved by the bias that its width brings, and the budgets one by one. */
export interface CorrectedApproach2 extends AllocationLaw {
  readonly budgets: readonly CorrectedBudget[];
}

/**
 * Approach 2 freed of the bias of its parabolas. For each budget the fitted law is read at the very sizes that
 * were trained, without noise; the vertex of the parabola through those losses, set against the law's own
 * optimum, is the error that width and place of the sweep cause there, and the measured vertex is divided by it.
 *
 * Removes the whole bias where the law holds (Czech et al. 2026 describe it for sweeps centred on the optimum;
 * here the sweep may lie anywhere). Leaves the noise of the runs as it is.
 *
 * @param parabolas as `isoflopParabolas` gives them; budgets without a minimum are left out
 * @param law anything with `predict({ nParams, nTokens })` → nats per token, such as approach 3's fit
 * @throws RangeError when fewer than two budgets have a minimum
 * @example
 * import { correctParabolas, hoffmann2022Rounded, isoflopParabolas } from "isoflop";
 * const law = hoffmann2022Rounded;
 * const runs = [1e18, 1e20, 1e22].flatMap((flops) =>
 *   [0.1, 0.3, 1, 3, 10].map((k) => {
 *     const nParams = 0.1 * k * Math.sqrt(flops);
 *     const nTokens = flops / (6 * nParams);
 *     return { nParams, nTokens, flops, loss: law.predict({ nParams, nTokens }) };
 *   }),
 * );
 * correctParabolas(isoflopParabolas(runs), law).a; // => 0.451613
 */
export function correctParabolas(
  parabolas: readonly IsoflopParabola[],
  law: { predict: LossOf },
): CorrectedApproach2 {
  const budgets = parabolas.flatMap((one): CorrectedBudget[] => {
    if (one.nParams === null) return [];
    const noiseless = fitParabola(
      one.runs.map((run) => Math.log(run.nParams)),
      one.runs.map(({ nParams }) => law.predict({ nParams, nTokens: one.flops / (6 * nParams) })),
    );
    if (!noiseless || !(noiseless.c2 > 0)) return [];
    const vertex = Math.exp(noiseless.centre - noiseless.c1 / (2 * noiseless.c2));
    const ratio = vertex / minimiseOverSize((run) => law.predict(run), one.flops);
    const nParams = one.nParams / ratio;
    return [
      {
        flops: one.flops,
        vertexParams: one.nParams,
        bias: ratio - 1,
        nParams,
        nTokens: one.flops / (6 * nParams),
      },
    ];
  });
  const allocation = allocationThrough(budgets);
  if (!allocation) {
    throw tooFewBudgets(
      parabolas.map((one) => one.flops),
      budgets.length,
    );
  }
  return { ...allocation, budgets };
}
