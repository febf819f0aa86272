import type { Bootstrap } from "../fit/uncertainty/bootstrap/BootstrapResult.ts";
import type { Interval } from "../fit/uncertainty/Interval.ts";
import type { FittedLaw } from "../laws/definition/Law.ts";
import { withParameters } from "../laws/definition/withParameters.ts";
import { requireLevel } from "../numerics/arguments/requireNumber.ts";
import { percentileInterval } from "../numerics/percentileInterval.ts";
import { type Allocation, computeOptimal } from "./computeOptimal.ts";

/**
 * How well the optimum at a budget is known: intervals over the replicates of a bootstrap, in the units of the optimum.
 */
export interface OptimumIntervals {
  readonly level: number;
  readonly nParams: Interval;
  readonly nTokens: Interval;
  readonly tokensPerParam: Interval;
  readonly loss: Interval;
  /** Replicates whose law has no optimum at the budget; they count as beyond the upper end. */
  readonly withoutOptimum: number;
}

/**
 * Bootstrap intervals of what a compute budget is best spent on: the optimum of each replicate's own law, by its closed
 * form where it has one and by a search over ln N otherwise.
 *
 * @param law the fit that was bootstrapped
 * @param bootstrap its replicates
 * @param flops the budget in FLOPs
 * @param level central mass of the intervals (default 0.95)
 * @throws RangeError when flops is not > 0 or level is not between 0 and 1
 * @example
 * import { chinchilla, computeOptimal, fit, optimumIntervals } from "isoflop";
 * import { chinchillaFigure4 } from "isoflop-datasets";
 * const law = fit(chinchilla, chinchillaFigure4().filter((run) => !run.isOutlier));
 * const best = computeOptimal(law, { flops: 5.88e23 });
 * const { nParams } = optimumIntervals(law, await law.bootstrap({ resamples: 200, seed: 42 }), 5.88e23);
 * nParams[0] < best.nParams && best.nParams < nParams[1]; // => true
 */
export function optimumIntervals<P extends string, R extends string>(
  law: FittedLaw<"nParams" | "nTokens", P, R>,
  bootstrap: Bootstrap<"nParams" | "nTokens", P, R>,
  flops: number,
  level = 0.95,
): OptimumIntervals {
  requireLevel(level);
  // Checks the budget, and that the fit itself has an optimum there, before thousands of replicates are asked.
  computeOptimal(law, { flops });
  let withoutOptimum = 0;
  const optima = Array.from({ length: bootstrap.resamples }, (_, k): Allocation | undefined => {
    const parameters = Object.fromEntries(
      law.law.parameters.map(({ name }) => [name, bootstrap.samples[name][k]!]),
    ) as Record<P, number>;
    try {
      return computeOptimal(withParameters(law.law, parameters), { flops });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      withoutOptimum++;
      return undefined;
    }
  });
  const interval = (quantity: keyof Allocation): Interval =>
    percentileInterval(
      optima.map((one) => one?.[quantity] ?? Infinity),
      level,
    );
  return {
    level,
    nParams: interval("nParams"),
    nTokens: interval("nTokens"),
    tokensPerParam: interval("tokensPerParam"),
    loss: interval("loss"),
    withoutOptimum,
  };
}
