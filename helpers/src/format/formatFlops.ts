import { isWhole, refusal } from "../numerics/arguments/requireNumber.ts";
/**
 * An amount of compute, always as a power of ten: `5.88e23`.
 *
 * @param flops floating-point operations (a count, not a rate)
 * @param digits significant digits kept (default 3)
 * @throws RangeError if `digits` is not an integer from 1 to 15
 * @example
 * import { formatFlops } from "isoflop";
 * formatFlops(5.88e23); // => "5.88e23"
 * formatFlops(6e18); // => "6e18"
 */
export function formatFlops(flops: number, digits = 3): string {
  if (!isWhole(digits, 1, 15))
    throw refusal("digits", "must be an integer from 1 to 15", digits, "4 is usual");
  if (!Number.isFinite(flops)) return String(flops);
  const [mantissa, exponent] = flops.toExponential(digits - 1).split("e") as [string, string];
  return `${Number(mantissa)}e${exponent.replace("+", "")}`;
}
