import { fittedTable } from "../../text/fittedTable.ts";
import type { Dataset } from "./catalogue.ts";
import type { Datasheet, Paper } from "./Datasheet.ts";

type Entry = { readonly dataset: Dataset; readonly sheet: Datasheet };

/** The tables as a table for a terminal of so many columns. */
export function datasetsText(entries: readonly Entry[], width = Number.POSITIVE_INFINITY): string {
  const rows = entries.map(({ dataset, sheet }) => [
    dataset.name,
    String(sheet.rows),
    sheet.summary,
    paperText(sheet.paper),
  ]);
  return fittedTable(["name", "rows", "what it holds", "paper"], rows, { width });
}

/** The tables as plain data. */
export function datasetsJson(entries: readonly Entry[]): object[] {
  return entries.map(({ dataset: { name, loader }, sheet }) => ({
    name,
    loader,
    rows: sheet.rows,
    summary: sheet.summary,
    paper: sheet.paper ?? null,
    columns: sheet.columns.map((column) => column.name),
  }));
}

export const paperText = (paper: Paper | undefined): string => (paper ? `arXiv ${paper.arxiv}` : "");
