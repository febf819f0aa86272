import { describeCellFailure } from "../../notebook/describeCellFailure.ts";
import type { CellFailure } from "../../notebook/executeNotebook.ts";
import { hasColors } from "./hasColors.ts";

/** Says on stderr which cell failed and how, without colour where the terminal has none. */
export function showCellFailure(path: string, failure: CellFailure): void {
  console.error(describeCellFailure(path, failure, hasColors(process.stderr)));
}
