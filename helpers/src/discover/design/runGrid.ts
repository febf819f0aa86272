import { logSpace } from "../../numerics/logSpace.ts";
import type { Solved } from "../Discovery.ts";
import type { RunSetting } from "./RunDesign.ts";
import { dearScales, type RunCost, tableRuns, withinTotals } from "./tableRuns.ts";

/** Levels of each scale, by how many scales there are. */
const levelCounts = [60, 20, 8, 5] as const;
/** Mixtures of the rows that runs are tried at. */
const mostMixtures = 12;

/**
 * Settings of runs within a budget: a grid over the scales, from the least of the rows to `high`, two digits a number; other
 * variables as in `at`. Shares are taken as rows have them. Two scales that make runs dearer stand to each other as somewhere between the rows and
 * `at`: a tenth of a token a parameter is no run that anybody makes, however much it would tell if the law held there.
 *
 * @param high how far each scale goes
 */
export function runGrid(
  solved: Solved,
  at: RunSetting,
  high: (name: string, highest: number) => number,
  cost: RunCost,
  budget: number,
): RunSetting[] {
  const { shape, responses } = solved.table;
  const { x } = responses[0]!.data.points;
  const isShare = (v: number) => shape.shares.includes(v);
  const scales = shape.scale.filter((v) => !isShare(v)).slice(0, levelCounts.length);
  const levels = scales.map((v) => {
    const { name, kind } = shape.coordinates[v]!;
    const low = Math.min(...x[v]!);
    const top = Math.max(high(name, Math.max(...x[v]!)), low);
    const count = levelCounts[scales.length - 1]!;
    const spaced =
      kind === "log"
        ? logSpace(low, top, count)
        : Array.from({ length: count }, (_, k) => low + ((top - low) * k) / (count - 1));
    const isWhole = x[v]!.every(Number.isInteger);
    const rounded = spaced.map((value) => Number(value.toPrecision(2)));
    return [...new Set(isWhole ? rounded.map(Math.round) : rounded)];
  });
  const mixtures = shape.shares.length > 0 ? mixturesOf(solved) : [{}];
  const grid = scales.reduce<RunSetting[]>(
    (runs, v, k) =>
      runs.flatMap((run) => levels[k]!.map((level) => ({ ...run, [shape.coordinates[v]!.name]: level }))),
    mixtures.map((mixture) => ({ ...at, ...mixture })),
  );
  const isUsual = proportions(dearScales(solved, at, cost), [...tableRuns(solved), at]);
  const possible = grid.map((run) => withinTotals(solved, run));
  const distinct = [...new Map(possible.map((run) => [JSON.stringify(run), run])).values()];
  return distinct.filter((run) => isUsual(run) && cost(run) <= budget);
}

/** Levels have two digits, so that a proportion is off by so much. */
const rounding = 1.1;

/** Whether a run's scales stand to each other as those of some runs do. */
function proportions(scales: readonly string[], runs: readonly RunSetting[]): (run: RunSetting) => boolean {
  const limits = scales.flatMap((a, k) =>
    scales.slice(k + 1).map((b) => {
      const ratioOf = (run: RunSetting) => Number(run[a]) / Number(run[b]);
      const ratios = runs.map(ratioOf);
      return { ratioOf, low: Math.min(...ratios) / rounding, high: Math.max(...ratios) * rounding };
    }),
  );
  return (run) => limits.every(({ ratioOf, low, high }) => ratioOf(run) >= low && ratioOf(run) <= high);
}

function mixturesOf(solved: Solved): RunSetting[] {
  const { shape } = solved.table;
  const names = shape.shares.map((v) => shape.coordinates[v]!.name);
  const own = tableRuns(solved).map((run) => Object.fromEntries(names.map((name) => [name, run[name]!])));
  const distinct = [...new Map(own.map((one) => [JSON.stringify(one), one])).values()];
  const step = Math.max(1, distinct.length / mostMixtures);
  return Array.from(
    { length: Math.min(distinct.length, mostMixtures) },
    (_, k) => distinct[Math.floor(k * step)]!,
  );
}
