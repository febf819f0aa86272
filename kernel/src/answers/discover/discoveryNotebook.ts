import { type Discovery, decidingRun, type RunSetting } from "isoflop";
import type { Cell, Notebook } from "../../notebook/Notebook.ts";
import { answerNotebook, bulletList, figuresCell, markdownCell, tableOf } from "../fit/pageParts.ts";
import type { OutputRow } from "../fit/runRecords.ts";
import { mostPredictions } from "../fit/sections.ts";
import { escapeMarkdown } from "../fit/tables.ts";
import { writeRows } from "../fit/writeRows.ts";
import { decidingText } from "./decidingText.ts";
import { lawTable, valueTables } from "./lawTables.ts";
import { predictionFigure } from "./predictionFigure.ts";
import type { DiscoverTableRows } from "./readDiscoverRows.ts";
import { residualFigure } from "./residualFigure.ts";
import type { KnownCost } from "./runCost.ts";
import { settingText } from "./settingText.ts";

/** What a discovery's page shows. */
export interface DiscoveryPage {
  readonly name: string;
  readonly command: string;
  readonly found: Discovery;
  readonly table: DiscoverTableRows;
  readonly points: DiscoverTableRows | undefined;
  /** The predictions at the points. */
  readonly predictions: readonly OutputRow[] | undefined;
  readonly responses: readonly string[];
  readonly group: string | undefined;
  readonly cost: KnownCost | undefined;
  readonly notes: readonly string[];
}

/** A discovery as a notebook that was already run, so that the report's own page can show it. */
export function discoveryNotebook(page: DiscoveryPage): Notebook {
  const { name, command, found, table, predictions, cost, notes } = page;
  const title = `The law of ${name}`;
  const { set } = found;
  const summary = found.decided
    ? "It is the only law that the rows do not rule out."
    : `Of ${set.length} laws that the rows do not tell apart it is the one that predicts; intervals hold how far the others are from it.`;
  const deciding = decidingRun(found, cost && { cost: cost.of });
  return answerNotebook(title, [
    markdownCell(
      "title",
      [
        `# ${escapeMarkdown(title)}`,
        `\`${found.law.replaceAll("`", "'")}\``,
        `${escapeMarkdown(summary)} ${found.considered} laws were fitted to ${table.rows.length} rows.`,
      ].join("\n\n"),
    ),
    markdownCell(
      "laws",
      `## ${found.decided ? "One law is left" : `${set.length} laws are left`}\n\n${tableOf(lawTable(found))}\n\n${escapeMarkdown(heldOut(found))}`,
    ),
    markdownCell(
      "values",
      [
        "## Values of the parameters",
        ...valueTables(found).flatMap(({ title, table }) => [
          ...(title === "" ? [] : [`### ${title}`]),
          tableOf(table),
        ]),
      ].join("\n\n"),
    ),
    ...(predictions ? [markdownCell("predictions", predictionsText(predictions))] : []),
    ...figures(page, command),
    markdownCell(
      "deciding",
      `## The run that would decide\n\n${decidingText(deciding, cost).map(escapeMarkdown).join("\n\n")}`,
    ),
    ...(notes.length > 0 ? [markdownCell("notes", `## Notes\n\n${bulletList(notes)}`)] : []),
  ]);
}

function heldOut({ folds }: Discovery): string {
  if (folds.length === 0) return "Nothing could be held out.";
  const parts = folds.map(({ variable, depth, rows }) => {
    const count = `${rows} ${rows === 1 ? "row" : "rows"}`;
    return variable === "in turn" ? `${count} in turn` : `the top ${depth} of ${variable} (${count})`;
  });
  return `Held out: ${parts.join(", ")}. The extrapolation error is taken there, in standard deviations of the noise.`;
}

function predictionsText(rows: readonly OutputRow[]): string {
  const rest = rows.length - mostPredictions;
  // The laws stand above; a formula in every row would push the numbers off the page.
  const shown = rows
    .slice(0, mostPredictions)
    .map((row) => Object.fromEntries(Object.entries(row).filter(([key]) => !/^law(_|$)/.test(key))));
  return [
    "## Predictions",
    writeRows(shown, "md"),
    ...(rest > 0 ? [`and ${rest} more; \`--out FILE\` writes them all`] : []),
  ].join("\n\n");
}

function figures({ found, table, points, responses, group, cost }: DiscoveryPage, command: string): Cell[] {
  const scales = found.variables.filter(({ isScale }) => isScale);
  const known = table.rows;
  const predicted = found.predict(known);
  const residuals = responses.flatMap((response) =>
    scales.map((scale) =>
      residualFigure(
        response,
        scale,
        known.map((row, i) => ({
          x: Number(row[scale.name]),
          observed: Number(row[response]),
          predicted: predicted[response]![i]!.prediction,
        })),
      ),
    ),
  );
  const settingOf = (row: Readonly<Record<string, number | string>>): RunSetting =>
    Object.fromEntries(
      [...(group === undefined ? [] : [group]), ...found.variables.map(({ name }) => name)].map((name) => [
        name,
        row[name]!,
      ]),
    );
  const at = settingOf(points?.rows[0] ?? dearest(known, found, cost));
  const along = responses.flatMap((response) =>
    scales.map((scale) => predictionFigure(found, response, scale, at, known)),
  );
  return [
    markdownCell("residuals", "## What the law leaves"),
    figuresCell("residual-figures", command, residuals),
    markdownCell(
      "along",
      [
        "## What the laws say further on",
        ...(found.variables.length > 1
          ? [
              `Along each scale, everything else as in ${points ? "the first point asked for" : "the dearest row"}: ${escapeMarkdown(settingText(at))}.`,
            ]
          : []),
      ].join("\n\n"),
    ),
    figuresCell("prediction-figures", command, along),
  ];
}

/** The row that costs most, or where nothing says what rows cost the one that is largest along the scales together. */
function dearest(
  rows: DiscoverTableRows["rows"],
  { variables }: Discovery,
  cost: KnownCost | undefined,
): DiscoverTableRows["rows"][number] {
  const scales = variables.filter(({ isScale }) => isScale);
  const sizeOf = (row: RunSetting) =>
    cost?.of(row) ??
    scales.reduce((sum, { name, kind, range: [low, high] }) => {
      const place = (x: number) => (kind === "log" ? Math.log(x) : x);
      return sum + (place(Number(row[name])) - place(low)) / (place(high) - place(low));
    }, 0);
  return rows.reduce((most, row) => (sizeOf(row) > sizeOf(most) ? row : most));
}
