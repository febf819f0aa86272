import { escapeHtml } from "./escapeHtml.ts";
import type { MimeBundle } from "./jupyterDisplay.ts";
import { tableBundle } from "./tableBundle.ts";

/** A sentence and the table below it, as HTML and as plain text. */
export function summaryBundle(
  summary: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): MimeBundle {
  const table = tableBundle(columns, rows);
  return {
    "text/html": `<p>${escapeHtml(summary)}</p>${table["text/html"]}`,
    "text/plain": `${summary}\n${table["text/plain"]}`,
  };
}
