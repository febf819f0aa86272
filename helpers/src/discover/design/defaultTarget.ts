import { findRoot } from "../../numerics/findRoot.ts";
import { minimiseScalar } from "../../numerics/minimiseScalar.ts";
import type { Solved } from "../Discovery.ts";
import { predictTableLaw } from "../fit/LawFit.ts";
import type { RunSetting } from "./RunDesign.ts";
import { dearScales, type RunCost, scaledTo, tableRuns } from "./tableRuns.ts";

/** How much dearer than the dearest row. */
const times = 10;
/** How far from what the rows have the best proportions may lie. */
const furthest = 10;

/** Where the future lies, and in words why there. */
export interface Target {
  readonly point: RunSetting;
  readonly from: string;
}

/**
 * Ten times the cost of the dearest row. Of two scales the split is the one that the law found calls best at that cost, if
 * it lies within ten times the ratios of the rows; else all scales of that row grow alike.
 *
 * @throws RangeError where no scale can grow, or the cost does not grow with them
 */
export function defaultTarget(solved: Solved, cost: RunCost): Target {
  const rows = tableRuns(solved);
  const costs = rows.map(cost);
  const dearest = rows[costs.indexOf(Math.max(...costs))]!;
  const scales = dearScales(solved, dearest, cost);
  const wanted = times * Math.max(...costs);
  const alike = scaledTo(dearest, scales, cost, wanted);
  if (alike === undefined) {
    throw new RangeError(
      scales.length === 0
        ? "no scale of the rows makes runs dearer, so that no target follows from them; name one"
        : `no run along ${scales.join(", ")} costs ${times} times the dearest row; name a target`,
    );
  }
  const best = scales.length === 2 ? bestSplit(solved, rows, alike, scales, cost, wanted) : undefined;
  if (best)
    return {
      point: rounded(best),
      from: `${times} times the dearest row, split as the law found calls best`,
    };
  return {
    point: rounded(alike),
    from: `${times} times the dearest row, ${scales.length === 1 ? "further along its scale" : "in its proportions"}`,
  };
}

function bestSplit(
  solved: Solved,
  rows: readonly RunSetting[],
  alike: RunSetting,
  scales: readonly string[],
  cost: RunCost,
  wanted: number,
): RunSetting | undefined {
  const [first, second] = scales as [string, string];
  const ratios = rows.map((row) => Math.log(Number(row[second]) / Number(row[first])));
  const [low, high] = [Math.min(...ratios) - Math.log(furthest), Math.max(...ratios) + Math.log(furthest)];
  const splitAt = (logRatio: number): RunSetting => {
    const at = (size: number) => ({ ...alike, [first]: size, [second]: size * Math.exp(logRatio) });
    const own = Number(alike[first]);
    return at(own * Math.exp(findRoot((s) => cost(at(own * Math.exp(s))) - wanted, -30, 30)));
  };
  const sign = fallsWithCost(solved, rows.map(cost)) ? 1 : -1;
  const fit = solved.set[0]!.law.fits[0]!;
  const valueAt = (logRatio: number) => {
    const { points, groupOf } = solved.read([splitAt(logRatio)]);
    return sign * predictTableLaw(fit, points, groupOf)[0]!;
  };
  const best = minimiseScalar(valueAt, low, high);
  return best > low && best < high ? splitAt(best) : undefined;
}

/** Whether the response is less where runs cost more. */
function fallsWithCost({ table }: Solved, costs: readonly number[]): boolean {
  const { y } = table.responses[0]!.data;
  const logs = costs.map(Math.log);
  const centre = logs.reduce((sum, one) => sum + one, 0) / logs.length;
  return logs.reduce((sum, one, i) => sum + (one - centre) * y[i]!, 0) < 0;
}

const rounded = (run: RunSetting): RunSetting =>
  Object.fromEntries(
    Object.entries(run).map(([name, value]) => [
      name,
      typeof value === "number" ? Number(value.toPrecision(2)) : value,
    ]),
  );
