import { fisherTail } from "../../numerics/distributions/fisher.ts";
import type { DiscoverData } from "../fit/DiscoverData.ts";
import type { LawFit } from "../fit/LawFit.ts";
import { leastNoise } from "../fit/leastNoise.ts";
import type { DiscoverTable } from "../table/DiscoverTable.ts";
import type { FullFit } from "./FullFit.ts";

/**
 * How well a law, fitted to what the folds leave, foretells what they hold out: the probability of so much more of a sum of
 * squares with the held-out rows, were the law true, the least over folds and responses times their number. It knows what
 * the law's own parameters leave open, and that errors of one fold go together.
 *
 * Source: the test of predictive failure of Chow 1960; exact for linear laws and normal noise.
 *
 * @returns between 0 and 1; below .05 the rows held out contradict the law
 */
export function foretold(
  full: FullFit,
  foldFits: readonly (readonly LawFit[])[],
  kept: readonly (readonly DiscoverData[])[],
  { responses }: DiscoverTable,
): number {
  let least = 1;
  let tests = 0;
  for (const [f, fits] of foldFits.entries()) {
    for (const [r, { data }] of responses.entries()) {
      const left = kept[f]![r]!.points.n;
      const held = data.points.n - left;
      const freedom = left - full.parameters;
      if (freedom < 1 || held < 1) continue;
      tests++;
      const more = Math.max(0, full.fits[r]!.value - fits[r]!.value) / held;
      const ratio = more / Math.max(leastNoise(data) ** 2, fits[r]!.value / freedom);
      least = Math.min(least, fisherTail(ratio, held, freedom));
    }
  }
  return Math.min(1, least * tests);
}
