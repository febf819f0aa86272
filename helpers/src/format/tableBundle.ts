import type { MimeBundle } from "./jupyterDisplay.ts";
import { tablePart } from "./tablePart.ts";
import { textTable } from "./textTable.ts";

/** A table of text as plain text, and in Node as HTML. */
export function tableBundle(columns: readonly string[], rows: readonly (readonly string[])[]): MimeBundle {
  return { ...tablePart(columns, rows), "text/plain": textTable(columns, rows) };
}
