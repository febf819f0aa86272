import {
  type DiscoveredVariable,
  type Figure,
  formatNumber,
  type RunSetting,
  type Series,
  xyFigure,
} from "isoflop";
import { type AskedDesign, costText } from "./designText.ts";

/** Candidates are shown in so many steps of what they leave. */
const steps = [
  { below: 0.8, name: "leaves less than 80 %", style: 2 },
  { below: 0.9, name: "leaves 80 to 90 %", style: 4 },
  { below: 0.97, name: "leaves 90 to 97 %", style: 5 },
] as const;

/** Where the runs lie among the rows and the candidates, over two scales, or over one and the cost. */
export function settingFigure(
  asked: AskedDesign,
  scales: readonly DiscoveredVariable[],
  rows: readonly RunSetting[],
): Figure {
  const { design, cost } = asked;
  const [first, second] = scales as [DiscoveredVariable, DiscoveredVariable | undefined];
  const at = (run: RunSetting) => ({
    x: Number(run[first.name]),
    y: second ? Number(run[second.name]) : cost.of(run),
  });
  const points = (name: string, runs: readonly RunSetting[], style: number): Series => ({
    name,
    x: runs.map((run) => at(run).x),
    y: runs.map((run) => at(run).y),
    style,
  });
  const candidates = steps.map(({ below, name, style }, k) => {
    const from = k === 0 ? 0 : steps[k - 1]!.below;
    const own = design.candidates.filter(({ alone }) => alone.law >= from && alone.law < below);
    return points(
      `a run that ${name}`,
      own.map(({ run }) => run),
      style,
    );
  });
  const chosen = design.runs.map(({ run }) => run);
  return xyFigure({
    series: [
      ...candidates.filter(({ x }) => x.length > 0),
      points("rows", rows, 6),
      points("runs to make", chosen, 1),
      points("target", [design.target], 7),
    ],
    x: { title: first.name, log: first.kind === "log" },
    y: second
      ? { title: second.name, log: second.kind === "log" }
      : { title: `cost${cost.unit === "" ? "" : ` (${cost.unit})`}`, log: true },
    caption: `${chosen.length === 1 ? "The run" : `The ${chosen.length} runs`} that together narrow the prediction at the target most, for ${costText(design.cost, cost)}, among runs that the budget pays.`,
    table: {
      columns: ["run", ...Object.keys(design.target), "cost", "alone leaves", "with those before"],
      rows: design.runs.map(({ run, cost: own, alone, left }, k) => [
        k + 1,
        ...Object.keys(design.target).map((name) => run[name]!),
        own,
        alone.law,
        left.law,
      ]),
    },
  });
}

/** How the interval narrows as the budget is spent, and what other runs of the same budget leave. */
export function narrowingFigure(asked: AskedDesign): Figure {
  const { design, cost } = asked;
  const spent = design.runs.map((_, k) =>
    design.runs.slice(0, k + 1).reduce((sum, { cost: own }) => sum + own, 0),
  );
  const line = (name: string, of: (k: number) => number, style: number): Series => ({
    name,
    x: [0, ...spent],
    y: [100, ...design.runs.map((_, k) => 100 * of(k))],
    mode: "lines+markers",
    style,
  });
  return xyFigure({
    series: [
      line("of the law's interval", (k) => design.runs[k]!.left.law, 0),
      line("of a new run's interval", (k) => design.runs[k]!.left.run, 1),
      ...design.alternatives.map(
        ({ name, cost: own, left }, k): Series => ({
          name,
          x: [own],
          y: [100 * left.law],
          style: 2 + k,
        }),
      ),
    ],
    x: { title: `spent${cost.unit === "" ? "" : ` (${cost.unit})`}`, format: "power" },
    y: { title: "left of the 95 % interval's width (%)" },
    caption: `${design.runs.length === 1 ? "The run is" : `The ${design.runs.length} runs are`} to leave ${(100 * design.left.law).toFixed(0)} % of the width of the interval of what the law says at the target.`,
    table: {
      columns: ["after run", "spent", "left of the law's interval (%)", "left of a new run's interval (%)"],
      rows: design.runs.map(({ left }, k) => [
        k + 1,
        formatNumber(spent[k]!, 3),
        100 * left.law,
        100 * left.run,
      ]),
    },
  });
}
