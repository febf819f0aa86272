import { columnSides, sideStyle } from "../format/columnSides.ts";
import { escapeHtml } from "../format/escapeHtml.ts";
import { formatNumber } from "../format/formatNumber.ts";
import { textTable } from "../format/textTable.ts";
import type { FigureParts } from "./FigureParts.ts";

const cellText = (cell: string | number): string => (typeof cell === "number" ? formatNumber(cell, 5) : cell);

// A picture by data: URL passes the sanitisers that take an inline <svg> away, and keeps its ids to itself.
const dataUrl = (svg: string) => `data:image/svg+xml,${encodeURIComponent(svg).replaceAll("'", "%27")}`;

/** Picture, caption and the whole table as static HTML; no script, so that it survives a sanitiser. */
export function figureHtml({ caption, table }: FigureParts, svg: string): string {
  const rows = table.rows.map((row) => row.map(cellText));
  const styles = columnSides(table.columns.length, rows).map(sideStyle);
  const head = table.columns
    .map((name, j) => `<th scope="col"${styles[j]}>${escapeHtml(name)}</th>`)
    .join("");
  const cells = (row: readonly string[]) => row.map((cell, j) => `<td${styles[j]}>${escapeHtml(cell)}</td>`);
  const body = rows.map((row) => `<tr>${cells(row).join("")}</tr>`).join("");
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
