import type { MimeBundle } from "./jupyterDisplay.ts";

/**
 * What a table is shown as beside plain text: nothing in a page, which is to be small and has no notebook to show it. In Node
 * hostTablePart.ts stands here.
 */
export const tablePart = (
  _columns: readonly string[],
  _rows: readonly (readonly string[])[],
  _summary?: string,
): MimeBundle => ({});
