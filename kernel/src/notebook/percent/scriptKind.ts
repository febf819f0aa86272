import { basename } from "node:path";
import type { UncheckedJson } from "../UncheckedJson.ts";

/** A kind of script: its extension, and the language its cells are in unless the header says another. */
export interface ScriptKind {
  readonly extension: string;
  readonly language: "typescript" | "javascript";
}

/** What the name of a file says that its script is; undefined for a notebook, or anything else. */
export function scriptKind(path: string): ScriptKind | undefined {
  const [, extension, letter] = /(\.[cm]?([jt])sx?)$/i.exec(path) ?? [];
  if (extension === undefined) return undefined;
  return { extension, language: letter!.toLowerCase() === "t" ? "typescript" : "javascript" };
}

/** The name of a notebook or script, without its extension. */
export const notebookName = (path: string): string =>
  scriptKind(path) ? basename(path, scriptKind(path)!.extension) : basename(path, ".ipynb");

/** The language of a notebook's cells, as jupytext finds it (`default_language_from_metadata_and_ext`). */
export function mainLanguage(metadata: Readonly<Record<string, unknown>>, { language }: ScriptKind): string {
  const { kernelspec, jupytext } = metadata as UncheckedJson;
  const said = jupytext?.main_language ?? kernelspec?.language ?? language;
  return typeof said === "string" ? said.toLowerCase() : language;
}
