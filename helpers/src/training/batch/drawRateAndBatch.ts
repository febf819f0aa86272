import { requirePositive, requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { Random } from "../../numerics/random/Random.ts";
import type { ValleyShape } from "./fitRateBatch.ts";
import type { RateBatchConstants } from "./RateBatchConstants.ts";
import { stepLawValley } from "./stepLawValley.ts";
import { fromCoordinates, toCoordinates } from "./valleyCoordinates.ts";
import { bestSettings } from "./valleyShares.ts";

/** The run, and how many draws. */
export interface DrawQuestion {
  /** Parameters without embeddings. */
  readonly nParams: number;
  readonly nTokens: number;
  /** Default 1000. */
  readonly draws?: number;
  /** Default 0. The same seed gives the same draws. */
  readonly seed?: number;
  /** Default: isoflop's fit of Step Law's public runs. */
  readonly valley?: RateBatchConstants;
}

/** One draw: where the best settings may lie, and the valley about them. */
export interface RateBatchDraw {
  readonly learningRate: number;
  readonly batchTokens: number;
  readonly shape: ValleyShape;
}

/** Three constants for each setting leave so many of the grids to tell errors by. */
export const freedomOf = (valley: RateBatchConstants) => Math.max(valley.replicates.length - 3, 1);

/**
 * Draws the best learning rate and batch size jointly from the uncertainty of a fitted valley, for a plan that carries
 * it on: to each constant a combination of what leaving out each grid changes, scaled to the jackknife's covariance
 * and with Student's t for the few grids.
 *
 * @throws RangeError when a number is not > 0
 *
 * @example
 * import { drawRateAndBatch, percentileInterval } from "isoflop";
 * const draws = drawRateAndBatch({ nParams: 1e9, nTokens: 1e11, draws: 2000, seed: 1 });
 * percentileInterval(draws.map((draw) => draw.batchTokens)); // => [7.5e5, 9.95e5]
 */
export function drawRateAndBatch(question: DrawQuestion): RateBatchDraw[] {
  requireOptions("drawRateAndBatch", question, ["nParams", "nTokens", "draws", "seed", "valley"]);
  const { nParams, nTokens, draws = 1000, seed = 0, valley = stepLawValley } = question;
  requirePositive("nParams", nParams, "give a count, such as 7e9");
  requirePositive("nTokens", nTokens, "give the training tokens, such as 1.4e12");
  requireWhole("draws", draws, 1, "1000 are usual");
  return drawShapes(valley, draws, seed).map((shape) => ({
    ...bestSettings(shape, { nParams, nTokens }),
    shape,
  }));
}

/** Shapes of a valley, drawn from its uncertainty. */
export function drawShapes(valley: RateBatchConstants, draws: number, seed: number): ValleyShape[] {
  const replicates = valley.replicates.map(toCoordinates);
  const g = replicates.length;
  const estimate = toCoordinates(valley.parameters);
  const mean = estimate.map((_, j) => replicates.reduce((sum, row) => sum + row[j]!, 0) / g);
  const away = replicates.map((row) => row.map((value, j) => value - mean[j]!));
  const freedom = freedomOf(valley);
  return Array.from({ length: draws }, (_, k) => {
    const random = new Random(seed, k);
    const weights = away.map(() => random.normal());
    let chiSquare = 0;
    for (let i = 0; i < freedom; i++) chiSquare += random.normal() ** 2;
    const scale = Math.sqrt(((g - 1) / g) * (freedom / chiSquare));
    return fromCoordinates(
      estimate.map(
        (value, j) => value + scale * away.reduce((sum, row, i) => sum + weights[i]! * row[j]!, 0),
      ),
    );
  });
}
