import { minimiseScalar } from "../numerics/minimiseScalar.ts";

/** A law that gives the loss of a model of nParams parameters after nTokens tokens. */
export type LossOf = (run: { readonly nParams: number; readonly nTokens: number }) => number;

/**
 * The model size that gives the least loss at a compute budget C = 6 N D, between `low` and `high`. Needs no closed
 * form and no derivative.
 *
 * @returns the best size; an end of the interval when the loss is monotone there
 */
export function minimiseOverSize(lossOf: LossOf, flops: number, low = 1, high = flops / 6): number {
  const loss = (lnN: number) => {
    const nParams = Math.exp(lnN);
    return lossOf({ nParams, nTokens: flops / (6 * nParams) });
  };
  return Math.exp(minimiseScalar(loss, Math.log(low), Math.log(high)));
}
