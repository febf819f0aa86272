import { readFileSync } from "node:fs";
import type { Notebook } from "./Notebook.ts";
import { NotebookFormatError, parseNotebook } from "./parseNotebook.ts";

/**
 * Reads and checks an `.ipynb` file; see `parseNotebook` for what it accepts.
 *
 * @throws NotebookFormatError when there is no such file or it cannot be used
 */
export function readNotebook(path: string): Notebook {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "there is no such file; check the path" : code;
    throw new NotebookFormatError(`cannot read ${path}: ${why}`);
  }
  return parseNotebook(text, path);
}
