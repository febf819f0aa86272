import { readFileSync } from "node:fs";
import type { Notebook } from "./Notebook.ts";
import { NotebookFormatError, parseNotebook } from "./parseNotebook.ts";

/** Reads and checks an `.ipynb` file; see `parseNotebook` for what it accepts. */
export function readNotebook(path: string): Notebook {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new NotebookFormatError(`cannot read ${path}: ${(error as NodeJS.ErrnoException).code}`);
  }
  return parseNotebook(text, path);
}
