import { formatNumber } from "./formatNumber.ts";

/**
 * A fraction as a percentage, with its sign when `signed`.
 *
 * @param fraction 0.0123 for 1.23 %
 * @param digits significant digits kept (default 2)
 * @example
 * import { formatPercent } from "isoflop";
 * formatPercent(0.0123); // => "1.2 %"
 * formatPercent(0.05, 2, true); // => "+5 %"
 */
export function formatPercent(fraction: number, digits = 2, signed = false): string {
  const text = formatNumber(Math.abs(fraction) * 100, digits);
  const sign = fraction < 0 ? "−" : signed ? "+" : "";
  return `${sign}${text} %`;
}
