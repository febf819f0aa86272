/** Within a tenth of each other the series needs no more terms than it has below. */
const near = 0.05;

/**
 * `ln(a / b)` for a number a near b, `Math.log(a) - logB` elsewhere: `2 artanh((a - b) / (a + b))` loses no digits where a
 * and b are nearly equal, and takes a third of the time of a logarithm.
 *
 * @param logB `ln b`, where the caller has it anyway
 */
export function logRatio(a: number, b: number, logB: number): number {
  const s = (a - b) / (a + b);
  if (!(Math.abs(s) < near)) return Math.log(a) - logB;
  const z = s * s;
  const twice = 2 * s;
  return twice + twice * z * (1 / 3 + z * (1 / 5 + z * (1 / 7 + z * (1 / 9 + z * (1 / 11)))));
}
