import type { MimeBundle } from "./jupyterDisplay.ts";
import { tablePart } from "./tablePart.ts";
import { textTable } from "./textTable.ts";

/** A sentence and the table below it, as plain text, and in Node as HTML. */
export function summaryBundle(
  summary: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): MimeBundle {
  return { ...tablePart(columns, rows, summary), "text/plain": `${summary}\n${textTable(columns, rows)}` };
}
