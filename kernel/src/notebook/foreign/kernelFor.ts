import { shownPath } from "../../files/shownPath.ts";
import type { KernelCommand } from "../KernelProcess.ts";
import { isoflopKernel } from "../kernelCommand.ts";
import type { Notebook } from "../Notebook.ts";
import { notebookLanguage } from "./notebookLanguage.ts";

/** A notebook in a language that isoflop does not run; the message names it. */
export class ForeignLanguageError extends Error {
  override name = "ForeignLanguageError";
}

/**
 * What starts isoflop's own kernel for a notebook. One that was written for another kernel of TypeScript (tslab, Deno),
 * which does not check types as strictly, has its type errors printed as warnings; in one of JavaScript types are not
 * checked at all.
 *
 * @param name what to call the notebook in messages, as a rule its path
 * @throws ForeignLanguageError when the notebook is in another language
 *
 * @example
 * import { kernelFor, parseNotebook } from "isoflop-kernel/runner";
 * const kernelspec = { name: "deno", display_name: "Deno", language: "typescript" };
 * const file = { nbformat: 4, nbformat_minor: 5, metadata: { kernelspec }, cells: [] };
 * kernelFor(parseNotebook(JSON.stringify(file))).slice(-2); // => ["--check", "warn"]
 */
export function kernelFor({ metadata }: Notebook, name = "notebook"): KernelCommand {
  const language = notebookLanguage(metadata);
  switch (language.kind) {
    case "own":
      return isoflopKernel;
    case "typescript":
      return [...isoflopKernel, "--check", "warn"];
    case "javascript":
      return [...isoflopKernel, "--check", "off"];
    case "other": {
      const kernel = language.kernel === undefined ? "" : ` (its kernel is "${shownPath(language.kernel)}")`;
      throw new ForeignLanguageError(
        `${shownPath(name)} is a notebook in ${shownPath(language.language)}${kernel}, and isoflop runs TypeScript and JavaScript; ` +
          `run it with its own kernel (jupyter execute), or give that kernel's command line with --kernel`,
      );
    }
  }
}
