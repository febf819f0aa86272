import { type Discovery, formatNumber, type RunDesign, type WidthLeft } from "isoflop";
import type { KnownCost } from "../discover/runCost.ts";
import { settingText } from "../discover/settingText.ts";
import type { TableCells } from "../fit/pageParts.ts";
import { type Section, sectionsText } from "../fit/sections.ts";

/** What a design is said of. */
export interface AskedDesign {
  /** What the table is called. */
  readonly name: string;
  readonly rows: number;
  readonly found: Discovery;
  readonly design: RunDesign;
  readonly budget: number;
  readonly cost: KnownCost;
  readonly notes: readonly string[];
}

/** A cost with its unit. */
export const costText = (value: number, { unit }: KnownCost): string =>
  `${formatNumber(value, 3)}${unit === "" ? "" : ` ${unit}`}`;

const costColumn = ({ unit }: KnownCost) => (unit === "" ? "cost" : `cost (${unit})`);

const percent = (share: number) => `${(100 * share).toFixed(0)} %`;

/** The runs, in the order in which they narrow. */
export function runTable({ design, found, cost }: AskedDesign): TableCells {
  const names = Object.keys(design.target);
  return {
    columns: [
      "run",
      ...names,
      costColumn(cost),
      "alone leaves",
      "with those before",
      ...(found.decided ? [] : ["laws apart (sd)"]),
    ],
    rows: design.runs.map(({ run, cost: own, left, alone, disagreement }, k) => [
      String(k + 1),
      ...names.map((name) =>
        typeof run[name] === "number" ? formatNumber(run[name], 3) : String(run[name]),
      ),
      formatNumber(own, 2),
      percent(alone.law),
      percent(left.law),
      ...(found.decided ? [] : [formatNumber(disagreement, 2)]),
    ]),
  };
}

/** The design beside what is often done for the same budget. */
export function alternativeTable({ design, cost }: AskedDesign): TableCells {
  const row = (name: string, runs: number, own: number, left: WidthLeft) => [
    name,
    String(runs),
    formatNumber(own, 3),
    percent(left.law),
    percent(left.run),
  ];
  return {
    columns: ["runs made", "how many", costColumn(cost), "left of the law's interval", "of a new run's"],
    rows: [
      row("those above", design.runs.length, design.cost, design.left),
      ...design.alternatives.map(({ name, runs, cost: own, left }) => row(name, runs.length, own, left)),
    ],
  };
}

/** Where the prediction is to become narrower, and what the rows say of it today. */
export function targetLines({ design, cost }: AskedDesign): string[] {
  return [
    `${settingText(design.target)}: ${costText(cost.of(design.target), cost)}${design.targetFrom === "given" ? "" : `, ${design.targetFrom}`}`,
    ...Object.entries(design.predictions).map(
      ([name, { prediction, lo95, hi95 }]) =>
        `${name} today: ${formatNumber(prediction, 4)}; 95 % of new runs lie between ${formatNumber(lo95, 4)} and ${formatNumber(hi95, 4)}`,
    ),
  ];
}

/** What the columns of the table of runs mean. */
export const leftMeaning =
  "what a run leaves of the width of the 95 % interval of the law's value at the target: a forecast, from how much the rows leave open, before any run is made";

/** What `isoflop design` says, in so many columns. */
export function designText(asked: AskedDesign, width: number): string {
  const { name, rows, found, design, budget, cost, notes } = asked;
  const law = found.decided
    ? found.law
    : `${found.law} (the one that predicts, of ${found.set.length} that the rows do not tell apart)`;
  const sections: Section[] = [
    { title: "Runs", lines: [`${rows} runs from ${name}`, law, `cost: ${cost.formula}`] },
    { title: "Target", lines: targetLines(asked) },
    {
      title: `Make next: ${costText(design.cost, cost)} of ${costText(budget, cost)}`,
      table: runTable(asked),
      lines: [leftMeaning],
    },
    { title: "Beside what is often done", table: alternativeTable(asked) },
    ...(notes.length > 0 ? [{ title: "Notes", lines: notes, isList: true }] : []),
  ];
  return sectionsText(sections, width);
}
