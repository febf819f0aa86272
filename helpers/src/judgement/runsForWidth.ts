import { requirePositive } from "../numerics/arguments/requireNumber.ts";
/**
 * How many runs like these would narrow an interval to a wanted width, widths shrinking with √n:
 * n (width / wanted)².
 *
 * Source: Besiroglu et al. 2024 (arXiv 2404.10102), who find that Hoffmann's interval for a, .001 wide, would have
 * taken over 600,000 runs.
 *
 * @param n runs behind the interval
 * @param width of the interval found
 * @param wanted width
 * @throws RangeError when one of them is not > 0
 * @example
 * import { runsForWidth } from "isoflop";
 * runsForWidth(240, 0.05143, 0.001); // => 634811
 */
export function runsForWidth(n: number, width: number, wanted: number): number {
  for (const [name, value] of Object.entries({ n, width, wanted })) {
    requirePositive(name, value, "give the runs there are, their interval's width and the width wanted");
  }
  return Math.round(n * (width / wanted) ** 2);
}
