import { type Figure, jupyterDisplay } from "isoflop";
import type { Cell, Notebook } from "../../notebook/Notebook.ts";
import { escapeMarkdown, markdownTable } from "./tables.ts";

/** What a command answered as a notebook that was already run, so that the report's own page can show it. */
export const answerNotebook = (title: string, cells: Cell[]): Notebook => ({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: { title, language_info: { name: "typescript" } },
  cells,
});

export const markdownCell = (id: string, source: string): Cell => ({
  cell_type: "markdown",
  id,
  metadata: {},
  source,
});

/** @param source what the figures came of, which the page folds away */
export const figuresCell = (id: string, source: string, figures: readonly Figure[]): Cell => ({
  cell_type: "code",
  id,
  metadata: {},
  source,
  execution_count: null,
  outputs: figures.map((figure) => ({
    output_type: "display_data",
    data: { ...figure[jupyterDisplay]() },
    metadata: {},
  })),
});

export const bulletList = (lines: readonly string[]) =>
  lines.map((line) => `- ${escapeMarkdown(line)}`).join("\n");

/** A table's columns and rows. */
export interface TableCells {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export const tableOf = ({ columns, rows }: TableCells) => markdownTable(columns, rows);
