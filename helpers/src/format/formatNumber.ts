import { isWhole, refusal } from "../numerics/arguments/requireNumber.ts";
/**
 * A number as people print it: `digits` significant digits without trailing zeros, powers of ten beyond
 * 1e-4 … 1e7 written `5.88e23`.
 *
 * @param value any number; infinities and NaN are written as words
 * @param digits significant digits kept, 1 to 15 (default 4)
 * @throws RangeError if `digits` is not an integer from 1 to 15
 * @example
 * import { formatNumber } from "isoflop";
 * formatNumber(0.34731050); // => "0.3473"
 * formatNumber(5.88e23); // => "5.88e23"
 * formatNumber(481.928, 5); // => "481.93"
 */
export function formatNumber(value: number, digits = 4): string {
  if (!isWhole(digits, 1, 15))
    throw refusal("digits", "must be an integer from 1 to 15", digits, "4 is usual");
  if (Number.isNaN(value)) return "not a number";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (value === 0) return "0";
  const rounded = Number(value.toPrecision(digits));
  const magnitude = Math.abs(rounded);
  if (magnitude >= 1e-4 && magnitude < 1e7) return String(rounded);
  // From the value: near the largest number the rounded one is infinite.
  const [mantissa, exponent] = value.toExponential(digits - 1).split("e") as [string, string];
  return `${Number(mantissa)}e${exponent.replace("+", "")}`;
}
