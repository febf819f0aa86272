import { inspect, types } from "node:util";
import { escapeHtml } from "./escapeHtml.ts";

const shownRows = 100;
const shownColumns = 40;
const shownCharacters = 300;

export interface TableData {
  columns: readonly string[];
  /** The rows to show: more than `htmlTable` shows need not be made. */
  rows: readonly (readonly unknown[])[];
  /** How many rows there are. */
  length: number;
}

/** How many rows a table shows, for those who make them. */
export const rowLimit = shownRows;

/** An HTML table: the first rows and columns, and a note where there are more. */
export function htmlTable({ columns, rows, length }: TableData): string {
  const width = Math.min(columns.length, shownColumns);
  const head = columns
    .slice(0, width)
    .map((name) => `<th>${escapeHtml(name)}</th>`)
    .join("");
  const body = rows
    .slice(0, shownRows)
    .map((row, index) => `<tr><th>${index}</th>${cells(row, width)}</tr>`)
    .join("\n");
  const isCut = length > shownRows || columns.length > shownColumns;
  const size = `${length.toLocaleString("en")} rows × ${columns.length} columns`;
  const note = isCut ? `\n<p>${size}; the first ${Math.min(length, shownRows)} rows are shown</p>` : "";
  return `<table class="dataframe">\n<thead><tr><th></th>${head}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table>${note}`;
}

function cells(row: readonly unknown[], width: number): string {
  let html = "";
  for (let at = 0; at < width; at++) html += `<td>${escapeHtml(cellText(row[at]))}</td>`;
  return html;
}

/** A cell as text: strings as they are, nothing for undefined. */
export function cellText(value: unknown): string {
  if (value === undefined) return "";
  let text: string;
  if (typeof value === "string") text = value;
  else if (types.isDate(value) && !Number.isNaN(value.getTime())) text = value.toISOString();
  else text = inspect(value, { depth: 1, breakLength: Number.POSITIVE_INFINITY, maxArrayLength: 10 });
  return text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text;
}

/** The same as aligned text, for viewers without HTML. */
export function textTable({ columns, rows, length }: TableData, limit = 10): string {
  const shown = [columns, ...rows.slice(0, limit).map((row) => columns.map((_, at) => cellText(row[at])))];
  const widths = columns.map((_, at) => Math.max(...shown.map((row) => (row[at] as string).length)));
  const lines = shown.map((row) => row.map((text, at) => text.padStart(widths[at] as number)).join("  "));
  if (length > limit) lines.push(`… ${(length - limit).toLocaleString("en")} more rows`);
  return lines.join("\n");
}
