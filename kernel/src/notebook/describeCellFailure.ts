import { shownPath } from "../files/shownPath.ts";
import type { CellFailure } from "./executeNotebook.ts";

/** The failed cell and its traceback, with the colours the kernel gave it or without. */
export function describeCellFailure(
  path: string,
  { index, traceback, ename, evalue }: CellFailure,
  isColoured: boolean,
): string {
  const text = traceback.join("\n") || `${ename}: ${evalue}`;
  const shown = isColoured ? text : text.replace(/\x1b\[[0-9;]*m/g, "");
  return `\n${shownPath(path)}, cell ${index + 1} failed:\n${shown.trimEnd()}\n`;
}
