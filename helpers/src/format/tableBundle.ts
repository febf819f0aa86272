import { escapeHtml } from "./escapeHtml.ts";
import type { MimeBundle } from "./jupyterDisplay.ts";
import { textTable } from "./textTable.ts";

/** A table of text as HTML and as plain text. */
export function tableBundle(columns: readonly string[], rows: readonly (readonly string[])[]): MimeBundle {
  const head = columns.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join("");
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("")}</tr>`);
  return {
    "text/html": `<table><thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table>`,
    "text/plain": textTable(columns, rows),
  };
}
