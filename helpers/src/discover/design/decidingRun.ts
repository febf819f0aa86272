import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { type Discovery, type Solved, solvedOf } from "../Discovery.ts";
import { outlook } from "./outlook.ts";
import type { RunSetting } from "./RunDesign.ts";
import { runGrid } from "./runGrid.ts";
import { checkedCost, growingScales, type RunCost, tableRuns } from "./tableRuns.ts";

/** How far apart laws must be, in standard deviations of a run, for one run to tell which is right. */
const enough = 3;
/** How far beyond the rows a run may lie, in each scale and in cost. */
const furthest = 10;

/** A run at which the laws of a set say different things. */
export interface DecidingRun {
  readonly run: RunSetting;
  /** Where a cost was given. */
  readonly cost?: number;
  /** How far the two laws furthest apart are from each other, in standard deviations of a run. */
  readonly disagreement: number;
  /** Whether that is enough to tell laws apart: 3 standard deviations. */
  readonly isEnough: boolean;
}

/**
 * The run that would decide between the laws of a set: the cheapest at which two of them are three standard deviations of a
 * run apart, up to ten times the dearest row; where there is none, or no cost, the one at which they are furthest apart.
 *
 * @param found what `discover` returned
 * @returns undefined where the rows decide already
 * @throws RangeError where a cost is no number > 0
 * @throws TypeError where `found` is a copy of what `discover` returned
 * @example
 * import { decidingRun, discover } from "isoflop";
 * const rows = [1, 2, 4, 8, 16, 32, 64, 128].map((n) => ({ n: n * 1e7, loss: 2 + n ** -0.5 }));
 * decidingRun(discover(rows, { response: "loss" }))!.isEnough; // => false
 */
export function decidingRun(
  found: Discovery,
  options: { readonly cost?: RunCost } = {},
): DecidingRun | undefined {
  const solved = solvedOf(found);
  requireOptions("decidingRun", options, ["cost"]);
  if (found.set.length === 1) return undefined;
  const cost = options.cost && checkedCost(options.cost);
  const rows = tableRuns(solved);
  const costs = cost === undefined ? [] : rows.map(cost);
  const at = rows[cost ? costs.indexOf(Math.max(...costs)) : rows.length - 1]!;
  const runs = runGrid(
    solved,
    at,
    (_, high) => furthest * high,
    cost ?? sizeOf(solved),
    cost ? furthest * Math.max(...costs) : Infinity,
  );
  if (runs.length === 0) return undefined;
  const outlooks = outlook(solved, solved.read(runs));
  const all = runs.map((run, i) => ({
    run,
    ...(cost && { cost: cost(run) }),
    disagreement: outlooks.reduce((most, one) => Math.max(most, one.disagreement[i]!), 0),
  }));
  const telling = cost ? all.filter(({ disagreement }) => disagreement >= enough) : [];
  const best =
    telling.length > 0
      ? telling.reduce((a, b) => (b.cost! < a.cost! ? b : a))
      : all.reduce((a, b) => (b.disagreement > a.disagreement ? b : a));
  return { ...best, isEnough: best.disagreement >= enough };
}

/** Where nothing says what runs cost: all scales together, so that their proportions stay as in the rows. */
function sizeOf(solved: Solved): RunCost {
  const scales = growingScales(solved);
  return (run) => scales.reduce((product, name) => product * Number(run[name]), 1);
}
