import { requireRows } from "../../numerics/arguments/requireRows.ts";
/**
 * The rows that no other row beats: nothing else has cost as low and quality as high, with one of the
 * two better. Returned from cheapest to dearest; of equal rows the first is kept.
 *
 * @param rows any records
 * @param axes how to read the cost (less is better) and the quality (more is better) of a row
 * @throws RangeError on a cost or quality that is not a number
 * @example
 * import { paretoFrontier } from "isoflop";
 * const models = [{ s: 1, acc: 0.6 }, { s: 2, acc: 0.5 }, { s: 3, acc: 0.9 }];
 * paretoFrontier(models, { cost: (m) => m.s, quality: (m) => m.acc }).length; // => 2
 */
export function paretoFrontier<Row>(
  rows: readonly Row[],
  axes: { readonly cost: (row: Row) => number; readonly quality: (row: Row) => number },
): Row[] {
  requireRows("paretoFrontier", rows);
  const points = rows.map((row, i) => {
    const point = { row, cost: axes.cost(row), quality: axes.quality(row) };
    if (Number.isNaN(point.cost) || Number.isNaN(point.quality)) {
      throw new RangeError(`row ${i + 1} has cost ${point.cost} and quality ${point.quality}; drop it`);
    }
    return point;
  });
  points.sort((a, b) => a.cost - b.cost || b.quality - a.quality);
  let best = -Infinity;
  return points
    .filter(({ quality }) => {
      if (quality <= best) return false;
      best = quality;
      return true;
    })
    .map(({ row }) => row);
}
