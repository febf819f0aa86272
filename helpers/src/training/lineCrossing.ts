import { requireAtLeast } from "../numerics/arguments/requireNumber.ts";
/** Loss as a straight line in the decades of compute: intercept + slope log10(C). */
export interface LossLine {
  /** Loss at 1 FLOP, nats per token. */
  readonly intercept: number;
  /** Nats per token for ten times the compute; negative. */
  readonly slope: number;
}

/** Where two lines of loss by compute meet: FLOPs, and nats per token. */
export interface LineCrossing {
  readonly flops: number;
  readonly loss: number;
  /** Factor by which the crossing moves when one line is shifted by the error in loss. */
  readonly factorForError: number;
}

/**
 * Where two lines of loss over log compute cross, and how far an error of the loss moves the crossing: by
 * 10^(error / |difference of slopes|). Nearly parallel lines cross at an ill-determined place.
 *
 * @param error uncertainty of either line in nats per token, >= 0
 * @throws RangeError when the slopes are equal or the error is negative
 *
 * @example
 * import { lineCrossing } from "isoflop";
 * lineCrossing({ intercept: 9.67555, slope: -0.35047 }, { intercept: 7.79595, slope: -0.2683 }).flops; // => 7.49e22
 */
export function lineCrossing(first: LossLine, second: LossLine, error = 0): LineCrossing {
  const slopes = second.slope - first.slope;
  if (slopes === 0)
    throw new RangeError(`lines of equal slope ${first.slope} do not cross; compare their intercepts`);
  requireAtLeast("error", error, 0, "give nats per token");
  const decades = (first.intercept - second.intercept) / slopes;
  return {
    flops: 10 ** decades,
    loss: first.intercept + first.slope * decades,
    factorForError: 10 ** (error / Math.abs(slopes)),
  };
}
