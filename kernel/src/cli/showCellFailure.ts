import { describeCellFailure } from "../notebook/describeCellFailure.ts";
import type { CellFailure } from "../notebook/executeNotebook.ts";

/** Says on stderr which cell failed and how, without colour where the terminal has none. */
export function showCellFailure(path: string, failure: CellFailure): void {
  const isColoured = process.stderr.isTTY && !process.env.NO_COLOR;
  console.error(describeCellFailure(path, failure, isColoured));
}
