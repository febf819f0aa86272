import { columnSides, sideStyle } from "./columnSides.ts";
import { escapeHtml } from "./escapeHtml.ts";
import type { MimeBundle } from "./jupyterDisplay.ts";
import { textTable } from "./textTable.ts";

/** A table of text as HTML and as plain text. */
export function tableBundle(columns: readonly string[], rows: readonly (readonly string[])[]): MimeBundle {
  const styles = columnSides(columns.length, rows).map(sideStyle);
  const head = columns.map((name, j) => `<th scope="col"${styles[j]}>${escapeHtml(name)}</th>`).join("");
  const cells = (row: readonly string[]) => row.map((cell, j) => `<td${styles[j]}>${escapeHtml(cell)}</td>`);
  const body = rows.map((row) => `<tr>${cells(row).join("")}</tr>`);
  return {
    "text/html": `<table><thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table>`,
    "text/plain": textTable(columns, rows),
  };
}
