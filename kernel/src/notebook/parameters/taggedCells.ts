import type { CodeCell, Notebook } from "../Notebook.ts";

/** Where the first cell of code with a tag is; -1 where there is none. */
export const indexOfTagged = ({ cells }: Notebook, tag: string): number =>
  cells.findIndex(
    ({ cell_type, metadata }) =>
      cell_type === "code" && Array.isArray(metadata.tags) && metadata.tags.includes(tag),
  );

/** The cell that declares what a notebook takes, if it has one. */
export function parametersCell(notebook: Notebook): CodeCell | undefined {
  return notebook.cells[indexOfTagged(notebook, "parameters")] as CodeCell | undefined;
}
