/** `ln 2 / 64`, the head exact when it is multiplied by any count of steps, and the tail. */
const [head, tail] = [0.6931471803691238 / 64, 1.9082149292705877e-10 / 64];
/** Added and taken off again it rounds to a whole number. */
const rounder = 6755399441055744;
/** Powers of 2 from 2^from on. */
const powers = (length: number, from: number, step: number) =>
  Float64Array.from({ length }, (_, k) => 2 ** (from + k * step));
const fractions = powers(64, 0, 1 / 64);
const wholes = powers(2048, -1024, 1);

/**
 * `e^x`, about as near as `Math.exp` (within 2 units in the last place) in half its time: engines call that as a function
 * of C for every row of a table, this becomes a part of the loop.
 *
 * `e^x = 2^k 2^(j/64) e^r` with `x = (64 k + j) ln 2 / 64 + r`, |r| < 0.0055, and e^r from its Taylor series.
 *
 * Source: Tang 1989, "Table-driven implementation of the exponential function in IEEE floating-point arithmetic".
 */
export function exp(x: number): number {
  if (Math.abs(x) > 700) return Math.exp(x);
  const steps = x * 92.33248261689366 + rounder - rounder;
  const r = x - steps * head - steps * tail;
  const square = r * r;
  const more = r + square * (0.5 + r * (1 / 6)) + square * square * (1 / 24 + r * (1 / 120));
  const fraction = fractions[steps & 63]!;
  return (fraction + fraction * more) * wholes[(steps >> 6) + 1024]!;
}
