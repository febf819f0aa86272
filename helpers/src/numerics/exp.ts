/** Steps of `ln 2 / 64`, with the head of a step exact when it is multiplied by a count of them. */
const perStep = 64 / Math.LN2;
const stepHead = 0.6931471803691238 / 64;
const stepTail = 1.9082149292705877e-10 / 64;
/** Added and taken off again it rounds to a whole number. */
const rounder = 6755399441055744;
const fractions = Float64Array.from({ length: 64 }, (_, k) => 2 ** (k / 64));
const powers = Float64Array.from({ length: 2048 }, (_, k) => 2 ** (k - 1024));

/**
 * `e^x`, as near as `Math.exp` (1.5 units in the last place) in less than half its time: engines call that as a function
 * of C for every row of a table, this becomes a part of the loop.
 *
 * `x = (64 k + j) ln 2 / 64 + r`, `e^x = 2^k 2^(j/64) e^r` with e^r of its Taylor series, |r| < 0.0055.
 *
 * Source: Tang 1989, "Table-driven implementation of the exponential function in IEEE floating-point arithmetic".
 */
export function exp(x: number): number {
  if (Math.abs(x) > 700) return Math.exp(x);
  const steps = x * perStep + rounder - rounder;
  const r = x - steps * stepHead - steps * stepTail;
  const r2 = r * r;
  const more = r + r2 * (0.5 + r * (1 / 6)) + r2 * r2 * (1 / 24 + r * (1 / 120));
  const whole = steps | 0;
  const fraction = fractions[whole & 63]!;
  return (fraction + fraction * more) * powers[(whole >> 6) + 1024]!;
}
