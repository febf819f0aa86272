import { fittedTable } from "../../text/fittedTable.ts";
import { wrapText } from "../../text/wrapText.ts";
import { againstTable } from "./against.ts";
import type { Analysis } from "./analyse.ts";
import {
  comparisonTable,
  fitSummary,
  holdOutSummary,
  parameterTable,
  planTable,
  predictionTable,
} from "./analysisText.ts";
import type { OutputRow } from "./runRecords.ts";
import { escapeLatex, escapeMarkdown, latexTable, markdownTable } from "./tables.ts";

/** A part of a result: a table, or lines, or both. */
export interface Section {
  readonly title: string;
  readonly table?: {
    readonly columns: readonly string[];
    readonly rows: readonly (readonly string[])[];
    readonly footnotes?: number;
  };
  readonly lines?: readonly string[];
  /** Whether the lines are a list of remarks. */
  readonly isList?: boolean;
}

/** More predictions fill screens; `--predictions` writes them all. */
export const mostPredictions = 40;

/** What a fit came to, in parts. */
export function analysisSections(
  analysis: Analysis,
  source: readonly string[],
  predictions?: { readonly rows: readonly OutputRow[]; readonly level: number },
): Section[] {
  const { law, fit, plan, level, notes, holdOuts, others, against } = analysis;
  const shown = predictions?.rows.slice(0, mostPredictions) ?? [];
  const rest = (predictions?.rows.length ?? 0) - shown.length;
  return [
    { title: "Runs", lines: source },
    { title: `Law ${law.name}`, table: parameterTable(analysis) },
    { title: "Fit", lines: fitSummary(analysis) },
    ...(holdOuts.length > 0 ? [{ title: "Hold-out", lines: holdOuts.map(holdOutSummary) }] : []),
    ...(others.length > 0
      ? [
          {
            title: "Laws side by side",
            table: comparisonTable(analysis),
            lines: ["k: parameters; error: root mean square on runs not in the fit"],
          },
        ]
      : []),
    ...(against.length > 0
      ? [
          {
            title: "Beside published laws",
            table: againstTable(against),
            lines: [
              "runs' loss: what it is above or below the published law; spread: what is left of it when that is taken away, and of the fit; tokens it needs: what the published law needs for the loss of a run of the same size, by the run's tokens",
            ],
          },
        ]
      : []),
    ...(plan ? [{ title: "Plan", table: planTable(plan, level), lines: [plan.note] }] : []),
    ...(predictions
      ? [
          {
            title: "Predictions",
            table: predictionTable(fit, shown, predictions.level),
            lines: [
              ...(fit.status === "not-identified"
                ? ["without intervals: the runs do not determine the law"]
                : []),
              ...(rest > 0 ? [`and ${rest} more; --predictions FILE writes them all`] : []),
            ],
          },
        ]
      : []),
    ...(notes.length > 0 ? [{ title: "Notes", lines: notes, isList: true }] : []),
  ];
}

/** Sections for a terminal of so many columns. */
export function sectionsText(sections: readonly Section[], width = Number.POSITIVE_INFINITY): string {
  const part = ({ table, lines = [], isList }: Section) =>
    [
      ...(table
        ? [
            fittedTable(table.columns, table.rows, layout(table.footnotes, width - 2)).replace(
              /^(?=.)/gm,
              "  ",
            ),
          ]
        : []),
      ...lines.flatMap((line) => wrapText(`  ${isList ? "- " : ""}${line}`, width, 4)),
    ].join("\n");
  return sections.map((section) => `${section.title}\n${part(section)}`).join("\n\n");
}

const layout = (footnotes: number | undefined, width: number) =>
  footnotes === undefined ? { width } : { width, footnotes };

/** Sections as Markdown. */
export function sectionsMarkdown(sections: readonly Section[]): string {
  return sections
    .map(({ title, table, lines = [] }) =>
      [
        `## ${escapeMarkdown(title)}`,
        ...(table ? [markdownTable(table.columns, table.rows)] : []),
        ...(lines.length > 0 ? [lines.map((line) => `- ${escapeMarkdown(line)}`).join("\n")] : []),
      ].join("\n\n"),
    )
    .join("\n\n");
}

/** Sections as LaTeX, with the tables of booktabs. */
export function sectionsLatex(sections: readonly Section[]): string {
  return sections
    .map(({ title, table, lines = [] }) =>
      [
        `\\subsection*{${escapeLatex(title)}}`,
        ...(table ? [latexTable(table.columns, table.rows)] : []),
        ...(lines.length > 0
          ? [
              [
                "\\begin{itemize}",
                ...lines.map((line) => `\\item ${escapeLatex(line)}`),
                "\\end{itemize}",
              ].join("\n"),
            ]
          : []),
      ].join("\n\n"),
    )
    .join("\n\n");
}
