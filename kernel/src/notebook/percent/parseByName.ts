import type { Notebook } from "../Notebook.ts";
import { parseNotebook } from "../parseNotebook.ts";
import { parseScript } from "./parseScript.ts";
import { scriptKind } from "./scriptKind.ts";

/** Reads the text of a notebook, or of a script where the name says that it is one. */
export const parseByName = (text: string, path: string): Notebook =>
  scriptKind(path) ? parseScript(text, path) : parseNotebook(text, path);
