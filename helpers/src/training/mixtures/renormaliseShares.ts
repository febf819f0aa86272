import { refusal, requireNonNegative } from "../../numerics/arguments/requireNumber.ts";

/**
 * Shares divided by their sum, so that they sum to 1: published mixtures are rounded, given in per cent, or lists of which
 * some sources were dropped.
 *
 * @param shares of a whole by source, each >= 0 in any one unit
 * @throws RangeError when a share is negative or not finite, or all are 0
 *
 * @example
 * import { renormaliseShares } from "isoflop";
 * renormaliseShares({ web: 67, code: 22, books: 11 }).code; // => 0.22
 * renormaliseShares({ web: 0.6, code: 0.2 }); // => { web: 0.75, code: 0.25 }
 */
export function renormaliseShares<Source extends string>(
  shares: Readonly<Record<Source, number>>,
): Record<Source, number> {
  const entries = Object.entries(shares ?? {}) as [Source, number][];
  for (const [source, share] of entries) {
    requireNonNegative(`the share of ${source}`, share, "a source that is not used has share 0");
  }
  const total = entries.reduce((sum, [, share]) => sum + share, 0);
  if (!(total > 0 && total < Infinity)) {
    throw refusal(
      "the sum of all shares",
      "must be a finite number > 0",
      total,
      "give at least one source a share, in any one unit",
    );
  }
  return Object.fromEntries(entries.map(([source, share]) => [source, share / total])) as Record<
    Source,
    number
  >;
}
