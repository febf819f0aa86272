import { normalCdf } from "../../numerics/distributions/normal.ts";

const halfLogTwoPi = 0.5 * Math.log(2 * Math.PI);

/** Below this the distribution's own digits run out, and the continued fraction has them. */
const far = -8;

/** ln Phi(u) of the standard normal distribution, without underflow, and its slope phi(u) / Phi(u). */
export function logNormalCdf(u: number): { value: number; slope: number } {
  const logDensity = -0.5 * u * u - halfLogTwoPi;
  if (u > far) {
    const value = Math.log(normalCdf(u));
    return { value, slope: Math.exp(logDensity - value) };
  }
  // Mills's ratio (1 - Phi(t)) / phi(t) at t = -u is 1 / (t + 1 / (t + 2 / (t + 3 / ...))): Abramowitz and Stegun 26.2.14.
  const t = -u;
  let ratio = t;
  for (let k = 60; k > 0; k--) ratio = t + k / ratio;
  return { value: logDensity - Math.log(ratio), slope: ratio };
}
