import { refusal, requirePositive, requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { mean } from "../../numerics/mean.ts";

/**
 * The floor c, on an even grid from 0 to the least loss, at which `ln(y - c)` is straightest in x: of the largest correlation
 * in size. How Ye et al. choose c for two sources before they fit the rest; a fit of c together with the rest needs no grid.
 *
 * @param points of the grid, default 1000, both ends included (the last, where a logarithm is infinite, is passed over)
 *
 * @throws RangeError when there are fewer than three pairs, x or y does not vary, or y is not > 0
 *
 * Source: yegcjs/mixinglaws, mix_2_domains.ipynb, cell 4.
 *
 * @example
 * import { straighteningFloor } from "isoflop";
 * const x = [0, 0.25, 0.5, 0.75, 1];
 * straighteningFloor(x, x.map((one) => 1 + Math.exp(-2 * one))); // => 1.0001
 */
export function straighteningFloor(x: readonly number[], y: readonly number[], points = 1000): number {
  requireWhole("points", points, 2, "1000 is what Ye et al. took");
  if (x.length !== y.length || x.length < 3) {
    throw new RangeError(`x and y must be three or more pairs, got ${x.length} and ${y.length}`);
  }
  for (const [i, loss] of y.entries()) {
    requirePositive("y", loss, { in: `row ${i}` });
    if (!Number.isFinite(x[i]!)) throw refusal("x", "must be a finite number", x[i], { in: `row ${i}` });
  }
  const least = Math.min(...y);
  const middle = mean(x);
  if (x.every((one) => one === x[0]) || y.every((one) => one === least)) {
    throw new RangeError("x and y must vary, got the same in every row; give runs that differ");
  }
  let [best, straightest] = [0, -1];
  for (let i = 0; i < points - 1; i++) {
    const floor = (least * i) / (points - 1);
    const logs = y.map((one) => Math.log(one - floor));
    const centre = mean(logs);
    const both = x.reduce((sum, one, k) => sum + (one - middle) * (logs[k]! - centre), 0);
    const own = logs.reduce((sum, one) => sum + (one - centre) ** 2, 0);
    const straightness = Math.abs(both) / Math.sqrt(own);
    if (straightness > straightest) [best, straightest] = [floor, straightness];
  }
  return best;
}
