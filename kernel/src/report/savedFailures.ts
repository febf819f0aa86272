import type { CellFailure } from "../notebook/executeNotebook.ts";
import type { Notebook } from "../notebook/Notebook.ts";

/** The errors a notebook was saved with, save those of cells tagged `raises-exception`. */
export function savedFailures({ cells }: Notebook): CellFailure[] {
  return cells.flatMap((cell, index): CellFailure[] => {
    if (cell.cell_type !== "code") return [];
    const { tags } = cell.metadata;
    if (Array.isArray(tags) && tags.includes("raises-exception")) return [];
    const error = cell.outputs.find((output) => output.output_type === "error");
    if (!error) return [];
    const { ename, evalue, traceback } = error;
    return [{ index, id: cell.id, ename, evalue, traceback }];
  });
}
