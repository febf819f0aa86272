import { formatCount } from "./formatCount.ts";
import { formatNumber } from "./formatNumber.ts";

/**
 * Says in words how far a value lies outside the range its constants were fitted on, with the factor of
 * extrapolation; `undefined` inside the range.
 *
 * @param name the quantity as the caller knows it
 * @param fitted smallest and largest value in the data behind the constants
 *
 * @example
 * import { rangeNote } from "isoflop";
 * rangeNote("nParams", 70e9, [33e6, 1.13e9]); // => "nParams 70B is 62 times above the fitted range 33M to 1.13B"
 */
export function rangeNote(
  name: string,
  value: number,
  fitted: readonly [number, number],
): string | undefined {
  const [low, high] = fitted;
  if (value >= low && value <= high) return undefined;
  const [factor, side] = value > high ? [value / high, "above"] : [low / value, "below"];
  const range =
    low === high ? `value ${formatCount(low)}` : `range ${formatCount(low)} to ${formatCount(high)}`;
  const times = formatNumber(factor, factor < 1.05 ? 3 : 2);
  return `${name} ${formatCount(value)} is ${times} times ${side} the fitted ${range}`;
}
