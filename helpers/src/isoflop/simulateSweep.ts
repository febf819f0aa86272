import { requireAbove, requireWholeBetween } from "../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../numerics/arguments/requireOptions.ts";
import { logSpace } from "../numerics/logSpace.ts";
import type { IsoflopRun } from "./IsoflopRun.ts";
import { type LossOf, minimiseOverSize } from "./minimiseOverSize.ts";

/** An isoFLOP sweep to simulate: budgets, and the sizes trained at each. */
export interface SweepDesign {
  /** Compute budgets in FLOPs. */
  readonly budgets: readonly number[];
  /** Model sizes a budget, evenly spaced in their logarithm. */
  readonly nPoints: number;
  /** Token counts reach from centre / halfWidth to centre · halfWidth. */
  readonly halfWidth: number;
  /** Centre of budget i's token counts as a multiple of the law's optimum (default 1, the optimum itself). */
  readonly offset?: (i: number) => number;
}

/**
 * The runs an isoFLOP sweep would give under a law, without noise: the bench on which a method is tried before
 * it is trusted (Czech et al. 2026, section on simulated sweeps).
 *
 * @param law anything with `predict({ nParams, nTokens })` → nats per token
 * @returns one run a grid point, flops = 6 nParams nTokens exactly the budget
 * @throws RangeError if there is no budget or a width or number of points makes no grid
 * @example
 * import { approach2, chinchilla, simulateSweep, withParameters } from "isoflop";
 * const law = withParameters(chinchilla, { E: 1.69, A: 400, B: 400, alpha: 0.31, beta: 0.31 });
 * const runs = simulateSweep(law, { budgets: [1e17, 1e19, 1e21], nPoints: 15, halfWidth: 16 });
 * approach2(runs, { resamples: 0 }).b; // => 0.5
 */
export function simulateSweep(law: { predict: LossOf }, design: SweepDesign): IsoflopRun[] {
  requireOptions("simulateSweep", design, ["budgets", "nPoints", "halfWidth", "offset"]);
  const { budgets, nPoints, halfWidth, offset = () => 1 } = design;
  if (budgets.length === 0) throw new RangeError("simulateSweep needs compute budgets, got none");
  requireWholeBetween("nPoints", nPoints, 3, 1e6, "a parabola needs three sizes");
  requireAbove("halfWidth", halfWidth, 1, "16 makes a sweep of 256 in all");
  return budgets.flatMap((flops, i) => {
    const best = minimiseOverSize((run) => law.predict(run), flops);
    const centre = (flops / (6 * best)) * offset(i);
    return logSpace(centre / halfWidth, centre * halfWidth, nPoints).map((nTokens) => {
      const nParams = flops / (6 * nTokens);
      return { nParams, nTokens, flops, loss: law.predict({ nParams, nTokens }) };
    });
  });
}
