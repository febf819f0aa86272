import { readFileSync } from "node:fs";
import type { Notebook } from "./Notebook.ts";
import { NotebookFormatError, parseNotebook } from "./parseNotebook.ts";

/**
 * Reads and checks an `.ipynb` file; see `parseNotebook` for what it accepts.
 *
 * @throws NotebookFormatError when there is no such file or it cannot be used
 */
export function readNotebook(path: string): Notebook {
  return parseNotebook(readNotebookText(path), path);
}

/**
 * The content of an `.ipynb` file, unchecked.
 *
 * @throws NotebookFormatError when it cannot be read
 */
export function readNotebookText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "there is no such file; check the path" : code;
    throw new NotebookFormatError(`cannot read ${path}: ${why}`);
  }
}
