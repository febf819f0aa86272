import type { PriceRange } from "isoflop";

/** A range of prices in few letters; empty where there is none. */
export function usdRange(range: PriceRange | undefined): string {
  if (range === undefined) return "";
  const { low, high } = range;
  return low === high ? low.toFixed(2) : `${low.toFixed(2)}-${high.toFixed(2)}`;
}
