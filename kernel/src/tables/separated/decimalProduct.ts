/** Every power of ten that is a double exactly. */
const powers = Float64Array.from({ length: 23 }, (_, k) => Number(`1e${k}`));

/** Far more than the error of the sums below, which is near 2 ** -104. */
const unsure = 2 ** -90;

/** Splits a double into halves of 26 bits, whose products are exact (Veltkamp 1968). */
const splitter = 2 ** 27 + 1;

/**
 * The double nearest to (high · 10^count + low) · 10^scale, for a number of more digits than a double holds. Reckoned in
 * two doubles, whose sum has twice the digits, which is quicker than making a text of the number and reading that.
 *
 * Source: Dekker 1971, exact products and quotients of doubles; the last test is Ziv's, 1991.
 *
 * @param high and low: whole numbers below 2^53, low below 10^count
 * @param count and scale: within ±22, count not negative
 * @returns NaN where the digits at hand do not decide which of two doubles is nearer
 */
export function decimalProduct(high: number, count: number, low: number, scale: number): number {
  const shift = powers[count]!;
  let first = high * shift;
  let second = restOfProduct(high, shift, first) + low;
  let sum = first + second;
  second = first - sum + second;
  first = sum;
  const power = powers[scale < 0 ? -scale : scale]!;
  if (scale < 0) {
    const quotient = first / power;
    const product = quotient * power;
    second = (first - product - restOfProduct(quotient, power, product) + second) / power;
    first = quotient;
  } else {
    const product = first * power;
    second = restOfProduct(first, power, product) + second * power;
    first = product;
  }
  sum = first + second;
  second = first - sum + second;
  const margin = sum * unsure;
  return sum + (second + margin) === sum && sum + (second - margin) === sum ? sum : Number.NaN;
}

/** What a · b is beyond its rounded product. */
function restOfProduct(a: number, b: number, product: number): number {
  const bigA = splitter * a;
  const highA = bigA - (bigA - a);
  const lowA = a - highA;
  const bigB = splitter * b;
  const highB = bigB - (bigB - b);
  const lowB = b - highB;
  return lowA * lowB - (product - highA * highB - lowA * highB - highA * lowB);
}
