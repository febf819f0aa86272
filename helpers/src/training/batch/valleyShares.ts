import { linex } from "../../laws/batch/linex.ts";
import { type ValleyParameter, valleyReference } from "../../laws/batch/rateBatchValley.ts";
import type { ValleyShape } from "./fitRateBatch.ts";

/** Size and tokens of a run. */
export interface Scale {
  readonly nParams: number;
  readonly nTokens: number;
}

/** The bottom of a valley. */
export function bestSettings(
  shape: ValleyShape,
  { nParams, nTokens }: Scale,
): { learningRate: number; batchTokens: number } {
  const size = nParams / valleyReference.nParams;
  const data = nTokens / valleyReference.nTokens;
  return {
    learningRate: shape.rate * size ** shape.rateN * data ** shape.rateD,
    batchTokens: shape.batch * size ** shape.batchN * data ** shape.batchD,
  };
}

/** The best rate for a batch that need not be the best one. */
export function bestRate(shape: ValleyShape, scale: Scale, batchTokens: number): number {
  const best = bestSettings(shape, scale);
  return best.learningRate * (batchTokens / best.batchTokens) ** shape.coupling;
}

const wall = new Float64Array(3);

/** What share of the reducible loss settings give away. */
export function shareLost(
  shape: ValleyShape,
  scale: Scale,
  settings: { readonly learningRate: number; readonly batchTokens: number },
): number {
  const { batchTokens } = bestSettings(shape, scale);
  const v = Math.log(settings.batchTokens / batchTokens);
  linex(Math.log(settings.learningRate / bestRate(shape, scale, settings.batchTokens)), shape.skew, wall);
  return shape.rateCurvature * wall[0]! + shape.batchCurvature * v * v;
}

/** The reducible loss at a scale, by the level of the valley's own law. */
export function reducibleLoss(
  { A, B, alpha, beta }: Readonly<Record<ValleyParameter, number>>,
  { nParams, nTokens }: Scale,
): number {
  return A / nParams ** alpha + B / nTokens ** beta;
}
