import { type CatalogAccelerator, type PriceRange, usdPerMillionTokens } from "isoflop";
import type { RangedFigure } from "../ScenarioTable.ts";

/** What a million output tokens cost, and at which price of an accelerator hour. */
export interface TokenPrice extends RangedFigure {
  readonly usdPerHour: Pick<PriceRange, "low" | "high"> & Partial<PriceRange>;
}

/**
 * US dollars of a million output tokens: the value at the middle of the prices, the intervals from the least price at the
 * most tokens to the highest at the fewest. Undefined where no price is given and the catalogue has none.
 */
export function usdOf(
  tokensPerS: RangedFigure,
  devices: number,
  accelerator: CatalogAccelerator,
  given: number | undefined,
): TokenPrice | undefined {
  const usdPerHour =
    given === undefined ? accelerator.usdPerHour : { low: given, high: given, from: "--usd-per-hour" };
  if (usdPerHour === undefined) return undefined;
  const at = (price: number, tokens: number) =>
    tokens > 0
      ? usdPerMillionTokens({ tokensPerS: tokens, accelerators: devices, usdPerHour: price })
      : Infinity;
  const { low, high } = usdPerHour;
  const range = ([few, many]: readonly number[]): [number, number] => [at(low, many!), at(high, few!)];
  return {
    value: at((low + high) / 2, tokensPerS.value),
    interval80: range(tokensPerS.interval80),
    interval95: range(tokensPerS.interval95),
    usdPerHour,
  };
}
