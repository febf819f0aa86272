import { escapeHtml } from "../format/escapeHtml.ts";
import { formatNumber } from "../format/formatNumber.ts";
import { textTable } from "../format/textTable.ts";
import type { FigureParts } from "./FigureParts.ts";

const cellText = (cell: string | number): string => (typeof cell === "number" ? formatNumber(cell, 5) : cell);

// A picture by data: URL passes the sanitisers that take an inline <svg> away, and keeps its ids to itself.
const dataUrl = (svg: string) => `data:image/svg+xml,${encodeURIComponent(svg).replaceAll("'", "%27")}`;

/** Picture, caption and the whole table as static HTML; no script, so that it survives a sanitiser. */
export function figureHtml({ caption, table }: FigureParts, svg: string): string {
  const head = table.columns.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join("");
  const body = table.rows
    .map((row) => `<tr>${row.map((cell) => `<td>${escapeHtml(cellText(cell))}</td>`).join("")}</tr>`)
    .join("");
  const summary = `Table of this figure (${table.rows.length} ${table.rows.length === 1 ? "row" : "rows"})`;
  return (
    `<figure role="group"><img class="static-plot" src="${dataUrl(svg)}" alt="${escapeHtml(caption)}">` +
    `<figcaption>${escapeHtml(caption)}</figcaption>` +
    `<details><summary>${summary}</summary>` +
    `<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></details></figure>`
  );
}

/** The caption and the table's first rows as plain text. */
export function figureText({ caption, table }: FigureParts, maxRows = 12): string {
  const rows = table.rows.slice(0, maxRows).map((row) => row.map(cellText));
  const more = table.rows.length - rows.length;
  return [caption, textTable(table.columns, rows), ...(more > 0 ? [`… ${more} more rows`] : [])].join("\n");
}
