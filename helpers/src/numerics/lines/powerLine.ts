/** ln y = ln k + p ln x. */
export interface PowerLine {
  /** Factor k. */
  readonly k: number;
  /** Exponent p. */
  readonly p: number;
}

/**
 * Least-squares power law y = k x^p, a straight line through ln y over ln x.
 *
 * @returns undefined when there are not two distinct x
 */
export function powerLine(x: readonly number[], y: readonly number[]): PowerLine | undefined {
  if (new Set(x).size < 2) return undefined;
  const lnX = x.map(Math.log);
  const lnY = y.map(Math.log);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const centreX = mean(lnX);
  const centreY = mean(lnY);
  let sxy = 0;
  let sxx = 0;
  for (let i = 0; i < lnX.length; i++) {
    sxy += (lnX[i]! - centreX) * (lnY[i]! - centreY);
    sxx += (lnX[i]! - centreX) ** 2;
  }
  const p = sxy / sxx;
  return { k: Math.exp(centreY - p * centreX), p };
}
