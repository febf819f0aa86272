import { formatNumber } from "./formatNumber.ts";

const steps = [
  [1e12, "T"],
  [1e9, "B"],
  [1e6, "M"],
  [1e3, "K"],
] as const;

/**
 * A count of parameters or tokens with the field's suffix: K, M, B (1e9), T (1e12).
 * Counts from 1e15 on are written as powers of ten.
 *
 * @param count a plain number, for example 70e9
 * @param digits significant digits kept (default 3)
 * @throws RangeError if `digits` is not an integer from 1 to 15
 * @example
 * import { formatCount } from "isoflop";
 * formatCount(70e9); // => "70B"
 * formatCount(1.4e12); // => "1.4T"
 * formatCount(57334197); // => "57.3M"
 */
export function formatCount(count: number, digits = 3): string {
  // Round first: 999.9e6 with three digits is 1B, not 1000M.
  const rounded = Number.isFinite(count) ? Number(count.toPrecision(digits)) : count;
  const magnitude = Math.abs(rounded);
  if (magnitude >= 1e15) return formatNumber(count, digits);
  for (const [size, suffix] of steps) {
    if (magnitude >= size) return `${formatNumber(rounded / size, digits)}${suffix}`;
  }
  return formatNumber(count, digits);
}
