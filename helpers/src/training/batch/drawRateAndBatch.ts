import { requirePositive, requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import type { ValleyShape } from "./fitRateBatch.ts";
import { type RateBatchConstants, requireValley } from "./RateBatchConstants.ts";
import { stepLawValley } from "./stepLawValley.ts";
import { bestSettings } from "./valleyShares.ts";
import { drawShapes, type IntervalOf } from "./valleyUncertainty.ts";

/** The run, and how many draws. */
export interface DrawQuestion {
  /** Parameters without embeddings. */
  readonly nParams: number;
  readonly nTokens: number;
  /** Default 1000. */
  readonly draws?: number;
  /** Default 0. The same seed gives the same draws. */
  readonly seed?: number;
  /** `run` (default): where the best of a run of one's own may lie; `law`: where the law itself may. */
  readonly intervalOf?: IntervalOf;
  /** Default: isoflop's fit of Step Law's public runs. */
  readonly valley?: RateBatchConstants;
}

/** One draw: where the best settings may lie, and the valley about them. */
export interface RateBatchDraw {
  readonly learningRate: number;
  readonly batchTokens: number;
  readonly shape: ValleyShape;
}

/**
 * Draws the best learning rate and batch size jointly from the uncertainty of a fitted valley, for a plan that carries
 * it on: the jackknife by grids, the scatter of single grids about the law, and Student's t for the few grids.
 *
 * @throws RangeError when a number is not > 0
 *
 * @example
 * import { drawRateAndBatch, percentileInterval } from "isoflop";
 * const draws = drawRateAndBatch({ nParams: 1e9, nTokens: 1e11, draws: 2000, seed: 1 });
 * percentileInterval(draws.map((draw) => draw.batchTokens)); // => [7.321e5, 1.027e6]
 */
export function drawRateAndBatch(question: DrawQuestion): RateBatchDraw[] {
  requireOptions("drawRateAndBatch", question, [
    "nParams",
    "nTokens",
    "draws",
    "seed",
    "intervalOf",
    "valley",
  ]);
  const { nParams, nTokens, draws = 1000, seed = 0, intervalOf = "run", valley = stepLawValley } = question;
  requireValley(valley);
  requirePositive("nParams", nParams, "give a count, such as 7e9");
  requirePositive("nTokens", nTokens, "give the training tokens, such as 1.4e12");
  requireWhole("draws", draws, 1, "1000 are usual");
  requireOneOf("intervalOf", intervalOf, ["run", "law"]);
  return drawShapes(valley, draws, seed, intervalOf).map((shape) => ({
    ...bestSettings(shape, { nParams, nTokens }),
    shape,
  }));
}
