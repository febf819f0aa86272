/** A law that gives the loss of a model of nParams parameters after nTokens tokens. */
export type LossOf = (run: { readonly nParams: number; readonly nTokens: number }) => number;

/**
 * The model size that gives the least loss at a compute budget C = 6 N D, by golden-section search in ln N
 * between `low` and `high`. Needs no closed form and no derivative.
 *
 * @returns the best size; it equals an end of the interval when the loss is monotone there
 */
export function minimiseOverSize(lossOf: LossOf, flops: number, low = 1, high = flops / 6): number {
  const loss = (lnN: number) => {
    const nParams = Math.exp(lnN);
    return lossOf({ nParams, nTokens: flops / (6 * nParams) });
  };
  const golden = (Math.sqrt(5) - 1) / 2;
  let a = Math.log(low);
  let b = Math.log(high);
  let c = b - golden * (b - a);
  let d = a + golden * (b - a);
  let lossC = loss(c);
  let lossD = loss(d);
  // A minimum is known to about the square root of the rounding of its value: finer steps measure noise.
  while (b - a > 1e-9) {
    if (lossC < lossD) {
      b = d;
      d = c;
      lossD = lossC;
      c = b - golden * (b - a);
      lossC = loss(c);
    } else {
      a = c;
      c = d;
      lossC = lossD;
      d = a + golden * (b - a);
      lossD = loss(d);
    }
  }
  return Math.exp((a + b) / 2);
}
