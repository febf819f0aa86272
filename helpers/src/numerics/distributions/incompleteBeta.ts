import { logGamma, logGammaRise } from "./logGamma.ts";

/**
 * Regularised incomplete beta function I_x(a, b): the even part of the continued fraction DLMF 8.17.22, by Lentz's
 * method.
 *
 * @param x between 0 and 1
 * @param rest 1 - x, which the caller knows to more digits than the subtraction would leave near x = 1
 */
export function incompleteBeta(x: number, rest: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (rest <= 0) return 1;
  // The fraction converges fast below the mean of the beta distribution.
  return x > (a + 1) / (a + b + 2) ? 1 - lowerPart(rest, x, b, a) : lowerPart(x, rest, a, b);
}

function lowerPart(x: number, rest: number, a: number, b: number): number {
  const logX = x > 0.5 ? Math.log1p(-rest) : Math.log(x);
  const logRest = rest > 0.5 ? Math.log1p(-x) : Math.log(rest);
  // a (1 - x) - b x, which a large a needs to full precision: a - (a + b) x would be 1e7 - 1e7.
  const surplus = a * rest - b * x;
  let fraction = (a * (surplus + 1)) / (a + 1);
  let c = fraction;
  let d = 0;
  for (let m = 1; m < 10_000; m++) {
    const before = a + 2 * m - 1;
    const numerator = ((m * (a + m - 1)) / before) * ((a + b + m - 1) / before) * (b - m) * x * x;
    const denominator =
      m + (m * (b - m) * x) / before + ((a + m) * (surplus + 1 + m * (2 - x))) / (before + 2);
    d = 1 / (denominator + numerator * d);
    c = denominator + numerator / c;
    fraction *= c * d;
    if (Math.abs(c * d - 1) <= Number.EPSILON) break;
  }
  return Math.exp(a * logX + b * logRest - logBeta(a, b)) / fraction;
}

function logBeta(a: number, b: number): number {
  return a > b ? logGamma(b) - logGammaRise(a, b) : logGamma(a) - logGammaRise(b, a);
}
