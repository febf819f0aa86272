import { formatNumber } from "../format/formatNumber.ts";

const significantDigits = (value: number): number =>
  value.toExponential().replace(/e.*$/, "").replace(/[^\d]/g, "").length;

/**
 * A claim's number as shown beside its published figure: ours gets one digit more than the paper printed,
 * at least four, so that a reader sees the difference without drowning in digits.
 *
 * @param value a number, words, or null where there is nothing to show
 * @param published the paper's figure, whose digits decide ours; left out for the published figure itself
 * @example
 * import { formatClaimValue } from "isoflop";
 * formatClaimValue(481.928374, 482.01); // => "481.928"
 * formatClaimValue(482.01); // => "482.01"
 */
export function formatClaimValue(value: number | string | null, published?: number | string): string {
  if (value === null) return "–";
  if (typeof value === "string") return value;
  if (published === undefined) return formatNumber(value, 10);
  const printed = typeof published === "number" ? significantDigits(published) : 3;
  return formatNumber(value, Math.min(Math.max(printed + 1, 4), 10));
}
