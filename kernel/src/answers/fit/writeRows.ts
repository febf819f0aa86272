import { formatNumber } from "isoflop";
import type { OutputRow } from "./runRecords.ts";
import { latexTable, markdownTable } from "./tables.ts";

export const rowFormats = ["csv", "json", "md", "tex"] as const;
export type RowFormat = (typeof rowFormats)[number];

/**
 * The kind of table that a file's name asks for.
 *
 * @throws RangeError where it asks for none
 */
export function rowFormatOf(option: string, path: string): RowFormat {
  const ending = /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase();
  const found = rowFormats.find((format) => format === ending);
  if (found) return found;
  throw new RangeError(
    `${option} writes .csv, .json, .md or .tex, by the end of the file's name; got "${path}"`,
  );
}

/** Rows as a table: CSV and JSON with every digit, Markdown and LaTeX for readers. */
export function writeRows(rows: readonly OutputRow[], format: RowFormat): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  if (format === "json") return `${JSON.stringify(rows, finiteOrText, 1)}\n`;
  if (format === "csv") {
    const lines = rows.map((row) => columns.map((name) => csvCell(row[name] ?? "")).join(","));
    return `${[columns.map(csvCell).join(","), ...lines].join("\n")}\n`;
  }
  const cells = rows.map((row) =>
    columns.map((name) => {
      const value = row[name] ?? "";
      return typeof value === "number" ? formatNumber(value, 5) : String(value);
    }),
  );
  return `${format === "md" ? markdownTable(columns, cells) : latexTable(columns, cells)}\n`;
}

/** JSON has no infinities: they travel as text. */
const finiteOrText = (_: string, value: unknown) =>
  typeof value === "number" && !Number.isFinite(value) ? String(value) : value;

function csvCell(value: number | string | boolean): string {
  const text = String(value);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
