import { formatCount } from "../../format/formatCount.ts";
import { formatNumber } from "../../format/formatNumber.ts";
import type { PlanSource } from "./PlanSource.ts";

/** Beyond this factor of their runs laws that were never measured together are not asked. */
const most = 10;
/** What only a law of repetition reads. */
const repeats = ["uniqueTokens", "epochs"];

/**
 * Why a plan is too far: laws that were never measured together are asked for more than ten times what their runs had.
 *
 * @returns the value, the runs' range and the flag that asks nevertheless; undefined where nothing is too far
 */
export function whyFar(
  sources: readonly PlanSource[],
  values: Readonly<Record<string, number | undefined>>,
): string | undefined {
  if (sources.length < 2) return undefined;
  const isRepetition = sources.every(({ term }) => term === "loss" || term === "repetition");
  for (const { term, fitted, from } of sources) {
    for (const [name, [low, high]] of Object.entries(fitted)) {
      const value = values[name];
      // Size and tokens of a law of the loss alone are told, not refused; so they are where only repeats join it.
      if (value === undefined || (isRepetition && !repeats.includes(name))) continue;
      const factor = Math.max(value / high, low / value);
      if (factor <= most) continue;
      const range = low === high ? formatCount(low) : `${formatCount(low)} to ${formatCount(high)}`;
      return (
        `${sources.map((source) => source.term).join(" and ")} were never measured together, and ${name} ` +
        `${formatCount(value)} is ${formatNumber(factor, 2)} times outside the ${range} ` +
        `of the law of ${term} (${from}); plan a smaller run, or set beyondData (--beyond-data) to extrapolate both`
      );
    }
  }
  return undefined;
}
