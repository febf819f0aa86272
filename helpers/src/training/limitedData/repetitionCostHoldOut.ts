import type { FittedLaw } from "../../laws/definition/Law.ts";
import { predict } from "../../laws/definition/predict.ts";
import { requireFitted } from "../../laws/definition/requireLaw.ts";
import { dataConstrained } from "../../laws/limitedData/dataConstrained.ts";
import { muennighoff2023Fresh } from "../../laws/limitedData/publishedDataConstrained.ts";
import { requireLevel, requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";
import { mean } from "../../numerics/mean.ts";
import { percentileInterval } from "../../numerics/percentileInterval.ts";
import { Random } from "../../numerics/random/Random.ts";
import type { RStarReplicate } from "./bootstrapRStar.ts";
import {
  bootstrapRepetitionCost,
  fitRepetitionCost,
  type RepetitionCostFit,
  type RepetitionCostOptions,
} from "./fitRepetitionCost.ts";
import type { LimitedDataRun } from "./fitRStar.ts";
import type { RepetitionPair } from "./repetitionPairs.ts";
import { requireBothSides, requireHoldOutRule } from "./requireHoldOut.ts";

type LimitedDataLaw = FittedLaw<"nParams" | "nTokens" | "uniqueTokens">;

/**
 * What a law says repetition costs a run: its loss over that of the same run on fresh text, minus 1.
 *
 * @throws RangeError when a count is not > 0; TypeError when the law has no constants.
 *
 * @example
 * ```ts
 * import { muennighoff2023, repetitionCost } from "isoflop";
 * repetitionCost(muennighoff2023, { nParams: 8.67e9, nTokens: 178e9, uniqueTokens: 44e9 }); // => 0.0069
 * ```
 */
export function repetitionCost(
  law: LimitedDataLaw,
  run: { readonly nParams: number; readonly nTokens: number; readonly uniqueTokens: number },
): number {
  requireFitted("repetitionCost", law);
  return law.predict(run) / law.predict({ ...run, uniqueTokens: run.nTokens }) - 1;
}

/** A pair that the fit did not see. */
export interface HeldOutCost<Run extends LimitedDataRun> {
  readonly pair: RepetitionPair<Run>;
  /** Cost that the fit predicts: ratio of losses minus 1. */
  readonly predicted: number;
  readonly interval: readonly [number, number];
}

/** How R* from small pairs predict what repetition costs larger ones. */
export interface RepetitionCostHoldOut<Run extends LimitedDataRun> {
  readonly fit: RepetitionCostFit;
  readonly heldOut: readonly HeldOutCost<Run>[];
  /** Mean of |predicted - measured|, as a share of the loss. */
  readonly meanAbsoluteError: number;
  /** Share of the pairs inside their interval. */
  readonly coverage: number;
}

/**
 * Fits what repetition costs on some pairs and predicts it for the others, with intervals: percentiles over resamples of the
 * pairs, each with a residual drawn from those that were fitted.
 *
 * @param isHeldOut says of a repeated run whether its pair is kept from the fit
 * @throws RangeError when every pair is held out, none is, or an option is not usable.
 *
 * @example
 * ```ts
 * import { repetitionCostHoldOut, repetitionPairs } from "isoflop";
 * import { muennighoffRuns } from "isoflop-datasets";
 * const pairs = repetitionPairs(muennighoffRuns()).filter(({ repeated }) => repeated.uniqueTokens >= 1e9);
 * repetitionCostHoldOut(pairs, (run) => run.nParams > 1.2e9, { resamples: 5 }).heldOut.length; // => 25
 * ```
 */
export function repetitionCostHoldOut<Run extends LimitedDataRun>(
  pairs: readonly RepetitionPair<Run>[],
  isHeldOut: (run: Run) => boolean,
  options: RepetitionCostOptions & {
    readonly resamples?: number;
    readonly seed?: number;
    readonly level?: number;
  } = {},
): RepetitionCostHoldOut<Run> {
  requireOptions("repetitionCostHoldOut", options, ["fresh", "resamples", "seed", "level"]);
  const { fresh = muennighoff2023Fresh, resamples = 100, seed = 1, level = 0.9 } = options;
  requireRows("repetitionCostHoldOut", pairs);
  requireHoldOutRule("repetitionCostHoldOut", isHeldOut);
  requireWhole("resamples", resamples, 1, "100 is usual");
  requireLevel(level);
  const kept = pairs.filter(({ repeated }) => !isHeldOut(repeated));
  requireBothSides(kept.length, pairs.length - kept.length, "pairs");
  const costOf = ({ rStarTokens, rStarParams }: RStarReplicate, run: Run) => {
    const theta = { ...fresh.parameters, rStarTokens, rStarParams };
    const at = (uniqueTokens: number) => predict(dataConstrained, theta, { ...run, uniqueTokens });
    return at(run.uniqueTokens) / at(run.nTokens) - 1;
  };
  const found = fitRepetitionCost(kept, { fresh });
  const residuals = kept.map(({ repeated, cost }) => cost - costOf(found, repeated));
  const draws = bootstrapRepetitionCost(kept, { fresh, resamples, seed });
  const random = new Random(seed, resamples);
  const heldOut = pairs
    .filter(({ repeated }) => isHeldOut(repeated))
    .map((pair) => {
      const costs = draws.map(
        (draw) => costOf(draw, pair.repeated) + residuals[random.below(residuals.length)]!,
      );
      return { pair, predicted: costOf(found, pair.repeated), interval: percentileInterval(costs, level) };
    });
  const isInside = ({ pair: { cost }, interval: [low, high] }: HeldOutCost<Run>) =>
    low <= cost && cost <= high;
  return {
    fit: found,
    heldOut,
    meanAbsoluteError: mean(heldOut.map(({ pair, predicted }) => Math.abs(predicted - pair.cost))),
    coverage: mean(heldOut.map((one) => (isInside(one) ? 1 : 0))),
  };
}
