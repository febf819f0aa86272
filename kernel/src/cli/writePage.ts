import { shownPath } from "../files/shownPath.ts";
import type { Notebook } from "../notebook/Notebook.ts";
import { writeFileAtomically } from "../notebook/writeFileAtomically.ts";
import { say } from "./terminal/quiet.ts";

/** Writes an answer that was made into a notebook as a page of its own, and says so. */
export async function writePage(file: string, notebook: Notebook, name: string): Promise<void> {
  // The page's machinery (Markdown, TeX, sanitiser) is only loaded for those who want a page.
  const { renderAnswer } = await import("../report/renderAnswer.ts");
  writeFileAtomically(file, renderAnswer(notebook, name, process.cwd()));
  say(`${shownPath(file)}: written`);
}
