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

/**
 * An HTML table: the first rows and columns, and a note where there are more. Each cell says itself where its text
 * stands, because front ends have rules of their own for tables, which only that overrules.
 */
export function htmlTable({ columns, rows, length }: TableData): string {
  const width = Math.min(columns.length, shownColumns);
  const shown = rows.slice(0, shownRows);
  const styles = columns
    .slice(0, width)
    .map((_, at) => ` style="text-align: ${isNumeric(shown, at) ? "right" : "left"}"`);
  const head = styles.map((style, at) => `<th${style}>${escapeHtml(String(columns[at]))}</th>`).join("");
  const body = shown.map((row, index) => `<tr><th>${index}</th>${cells(row, styles)}</tr>`).join("\n");
  const isCut = length > shownRows || columns.length > shownColumns;
  const size = `${length.toLocaleString("en")} rows × ${columns.length} columns`;
  const note = isCut ? `\n<p>${size}; the first ${Math.min(length, shownRows)} rows are shown</p>` : "";
  return `<table class="dataframe">\n<thead><tr><th></th>${head}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table>${note}`;
}

/** A column of numbers, as far as it holds anything. */
function isNumeric(rows: readonly (readonly unknown[])[], at: number): boolean {
  let hasNumber = false;
  for (const row of rows) {
    const value = row[at];
    if (typeof value === "number" || typeof value === "bigint") hasNumber = true;
    else if (value !== undefined && value !== null) return false;
  }
  return hasNumber;
}

function cells(row: readonly unknown[], styles: readonly string[]): string {
  let html = "";
  for (let at = 0; at < styles.length; at++) html += `<td${styles[at]}>${escapeHtml(cellText(row[at]))}</td>`;
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
  const head = rows.slice(0, limit);
  const shown = [columns, ...head.map((row) => columns.map((_, at) => cellText(row[at])))];
  const isRight = columns.map((_, at) => isNumeric(head, at));
  const widths = columns.map((_, at) => Math.max(...shown.map((row) => (row[at] as string).length)));
  const pad = (text: string, at: number) =>
    isRight[at] ? text.padStart(widths[at] as number) : text.padEnd(widths[at] as number);
  const lines = shown.map((row) => row.map(pad).join("  ").trimEnd());
  if (length > limit) lines.push(`… ${(length - limit).toLocaleString("en")} more rows`);
  return lines.join("\n");
}
