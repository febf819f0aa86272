import { formatNumber } from "../format/formatNumber.ts";

const significantDigits = (value: number): number =>
  value.toExponential().replace(/e.*$/, "").replace(/[^\d]/g, "").length;

/**
 * A claim's number as shown beside its published figure: ours gets one digit more than the paper printed,
 * at least four, so that a reader sees the difference without drowning in digits.
 */
export function formatClaimValue(value: number | string | null, published?: number | string): string {
  if (value === null) return "–";
  if (typeof value === "string") return value;
  if (published === undefined) return formatNumber(value, 10);
  const printed = typeof published === "number" ? significantDigits(published) : 3;
  return formatNumber(value, Math.min(Math.max(printed + 1, 4), 10));
}
