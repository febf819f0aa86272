import { requirePositive, requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";
import type { DiscoveredPrediction } from "../DiscoveredLaw.ts";
import { type Discovery, type Solved, solvedOf } from "../Discovery.ts";
import type { DiscoverRow } from "../table/DiscoverOptions.ts";
import { chooseRuns, leftAfter, leftAfterEach } from "./chooseRuns.ts";
import { defaultTarget, type Target } from "./defaultTarget.ts";
import { outlook } from "./outlook.ts";
import type { DesignOptions, RunDesign, RunSetting, WidthLeft } from "./RunDesign.ts";
import { runGrid } from "./runGrid.ts";
import { checkedCost, cutTo, dearScales, type RunCost, scaledTo, withinTotals } from "./tableRuns.ts";

/**
 * Which runs to make next, so that within a budget the prediction at a target becomes as narrow as can be. What a run will
 * tell is known before it is made: the error at the target is predicted from the runs' by the best linear rule, whose
 * variance v − c' (S + noise)⁻¹ c follows from what the laws' parameters leave open, how far the laws of the set are apart, and
 * how far a law beside them may be from them, at the runs (S), at the target (v) and between them (c).
 *
 * Source: Cohn, Ghahramani and Jordan 1996 (arXiv cs/9603104); exchanges of Fedorov 1972; the law beside them as the
 * discrepancy of Kennedy and O'Hagan 2001, of a run's noise and of the reach of the rows.
 *
 * @param found what `discover` returned
 * @returns the runs in the order of what they narrow, and what is left of the intervals' widths
 * @throws RangeError where the budget pays no run, a cost is no number > 0, or the target lacks a variable
 * @throws TypeError where `found` is a copy of what `discover` returned
 * @example
 * import { designRuns, discover } from "isoflop";
 * const noise = [3, -5, 1, 4, -2, -4, 5, -2];
 * const rows = noise.map((e, k) => ({ n: 2 ** k * 1e7, loss: 2 + 2 ** (-k / 2) + e / 1e3 }));
 * const found = discover(rows, { response: "loss" });
 * const design = designRuns(found, { budget: 5e9, cost: ({ n }) => Number(n), target: { n: 1e10 } });
 * design.left.law; // => 0.6776
 * design.alternatives[0]!.left.law; // => 0.6776
 */
export function designRuns(found: Discovery, options: DesignOptions): RunDesign {
  const solved = solvedOf(found);
  requireOptions("designRuns", options, ["budget", "cost", "target", "candidates", "mostRuns"]);
  const budget = requirePositive("budget", options.budget, "give what all runs may cost, such as 1e21 FLOPs");
  const most = options.mostRuns ?? 6;
  requireWhole("mostRuns", most, 1, "give how many runs may be made, such as 6");
  const cost = checkedCost(options.cost);
  const target = targetOf(solved, options.target, cost);
  const usual = usualRuns(solved, target.point, cost, budget);
  const candidates = [
    ...(options.candidates
      ? affordable(options.candidates, cost, budget)
      : runGrid(
          solved,
          target.point,
          (name, high) => Math.max(high, Number(target.point[name])),
          cost,
          budget,
        )),
  ];
  if (candidates.length === 0) throw payingNone(solved, target.point, options, cost);
  const runs = [...candidates, ...usual.flatMap((one) => one.runs)];
  const outlooks = outlook(solved, solved.read([...runs, target.point]));
  const choice = { responses: outlooks, cost: Float64Array.from(runs, cost) };
  const places = usual.map(({ runs: own }, k) => {
    const before = usual.slice(0, k).reduce((sum, one) => sum + one.runs.length, candidates.length);
    return own.map((_, i) => before + i);
  });
  const leftOf = (chosen: readonly number[]) => widthLeft(outlooks, leftAfter(choice, chosen));
  const chosen = chooseRuns(choice, budget, most, places);
  const alone = leftAfterEach(choice);
  const described = (i: number) => ({
    run: runs[i]!,
    cost: choice.cost[i]!,
    alone: widthLeft(outlooks, alone[i]!),
    disagreement: outlooks.reduce((most, one) => Math.max(most, one.disagreement[i]!), 0),
  });
  const isOpen = outlooks.every((one) => one.covariance.at(-1)! > 0);
  return {
    target: target.point,
    targetFrom: target.from,
    predictions: Object.fromEntries(
      Object.entries(found.predict([target.point])).map(([name, [one]]): [string, DiscoveredPrediction] => [
        name,
        one!,
      ]),
    ),
    runs: chosen.map((i, k) => ({ ...described(i), left: leftOf(chosen.slice(0, k + 1)) })),
    cost: chosen.reduce((sum, i) => sum + choice.cost[i]!, 0),
    left: leftOf(chosen),
    alternatives: usual.map(({ name, runs: own }, k) => ({
      name,
      runs: own,
      cost: own.reduce((sum, run) => sum + cost(run), 0),
      left: leftOf(places[k]!),
    })),
    candidates: candidates.map((_, i) => described(i)),
    notes: [
      ...(isOpen
        ? []
        : ["the rows leave nothing open at the target: no run can narrow the prediction there"]),
      ...(cost(target.point) <= budget ? ["the budget pays the target itself"] : []),
    ],
  };
}

function targetOf(solved: Solved, given: DiscoverRow | undefined, cost: RunCost): Target {
  if (given === undefined) return defaultTarget(solved, cost);
  requireRows("the target", [given]);
  const { table, group } = solved;
  const { groupOf } = solved.read([given]);
  if (groupOf[0]! < 0) {
    throw new RangeError(
      `the target must be of a group of the rows, got ${String(given[group!])} in ${group}; there are ${table.groupNames.join(", ")}`,
    );
  }
  const names = [...(group === undefined ? [] : [group]), ...table.shape.coordinates.map(({ name }) => name)];
  return {
    point: Object.fromEntries(names.map((name) => [name, given[name] as number | string])),
    from: "given",
  };
}

const affordable = (candidates: readonly DiscoverRow[], cost: RunCost, budget: number) => {
  requireRows("candidates", candidates);
  return (candidates as readonly RunSetting[]).filter((run) => cost(run) <= budget);
};

function payingNone(solved: Solved, point: RunSetting, options: DesignOptions, cost: RunCost): RangeError {
  const all = (options.candidates as readonly RunSetting[] | undefined) ?? [
    ...runGrid(solved, point, (_, high) => high, cost, Infinity),
  ];
  const least = Math.min(...all.map(cost));
  return new RangeError(
    `a budget of ${options.budget} pays no run: the cheapest costs ${Number(least.toPrecision(3))}; give more, or candidates that cost less`,
  );
}

/** What is often done with a budget: one run, or a row of runs, in the proportions of the target and no larger than it. */
function usualRuns(solved: Solved, point: RunSetting, cost: RunCost, budget: number) {
  const scales = dearScales(solved, point, cost);
  const isPaid = cost(point) <= budget;
  const sized = (wanted: number): RunSetting[] => {
    if (wanted >= cost(point)) return [point];
    const run = scaledTo(point, scales, cost, wanted);
    if (run === undefined) return [];
    const cut = Object.fromEntries(scales.map((name) => [name, cutTo(3, Number(run[name]))]));
    return [withinTotals(solved, { ...run, ...cut })];
  };
  const all = [
    { name: isPaid ? "the target itself" : "one run of the whole budget", runs: sized(budget) },
    {
      name: "four runs, each half as dear as the last",
      runs: [8, 4, 2, 1].flatMap((share) => sized((budget * share) / 15)),
    },
  ];
  // Runs that cannot be made smaller, or as large as the target several times, are no row of runs.
  const isRow = (runs: readonly RunSetting[]) => runs.length > 0 && new Set(runs).size === runs.length;
  return all.filter(({ runs }) => isRow(runs));
}

/** Standard deviations, of which intervals are multiples. */
function widthLeft(
  responses: readonly { readonly covariance: Float64Array; readonly noise: Float64Array }[],
  left: number,
): WidthLeft {
  const shares = responses.map(({ covariance, noise }) => {
    const [open, own] = [covariance.at(-1)!, noise.at(-1)!];
    return open + own > 0 ? (left * open + own) / (open + own) : 1;
  });
  return {
    law: Math.sqrt(Math.max(0, left)),
    run: Math.sqrt(shares.reduce((sum, one) => sum + one, 0) / shares.length),
  };
}
