import { mendNotebook } from "./foreign/mendNotebook.ts";
import { parseNotebook } from "./parseNotebook.ts";
import type { UncheckedJson } from "./UncheckedJson.ts";

/** A notebook as it is committed, and what had to change for that. */
export interface CleanedNotebook {
  /** Content of the `.ipynb` file; the very text that was given where nothing had to change. */
  readonly text: string;
  /** What changed, in words; empty where the notebook was clean. */
  readonly changes: readonly string[];
}

/** What a run or a front end leaves behind and the next one writes anew. */
const volatile = {
  notebook: ["orig_nbformat", "papermill", "signature", "vscode", "widgets"],
  cell: ["ExecuteTime", "collapsed", "execution", "papermill", "scrolled", "trusted"],
};

/**
 * Takes out of an `.ipynb` file what a run leaves in it, so that git shows changes of the source only: outputs, execution
 * counts, times, the state of widgets and of the view. Source, attachments, cell ids, tags and the order of keys stay; a
 * cell without an id of its own gets one (the format asks for them since 4.5), likewise what else the format asks for, and
 * the file's indentation is kept.
 *
 * @param text content of the file
 * @param name what to call the file in messages
 * @throws NotebookFormatError when the text is no notebook
 *
 * @example
 * ```ts
 * import { cleanNotebook } from "isoflop-kernel/runner";
 *
 * const cell = { cell_type: "code", id: "a", metadata: {}, source: "1 + 1", execution_count: 7, outputs: [] };
 * const notebook = { cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 };
 * const { text, changes } = cleanNotebook(JSON.stringify(notebook, null, 1));
 * changes; // => ["execution count of 1 cell", "line end at the end of the file"]
 * cleanNotebook(text).changes; // => []
 * JSON.parse(text).cells[0].execution_count; // => null
 * ```
 */
export function cleanNotebook(text: string, name = "notebook"): CleanedNotebook {
  parseNotebook(text, name);
  const raw = JSON.parse(text.replace(/^\uFEFF/, "")) as UncheckedJson;
  const mended = mendNotebook(raw);
  const cells = raw.cells as UncheckedJson[];
  const changes = [
    count("format made 4.5", raw.nbformat_minor < 5 ? 1 : 0, ""),
    count("id for", mended.ids),
    count("fields that the format asks for, in", mended.cells),
    listed("mended in the notebook's metadata", mended.metadata),
    count("outputs of", cells.filter(clearOutputs).length),
    count("execution count of", cells.filter(clearCount).length),
    listed("metadata of the notebook", clearNotebookMetadata(raw.metadata)),
    listed(
      "metadata of cells",
      cells.flatMap(({ metadata }) => take(metadata, volatile.cell)),
    ),
    count("line end at the end of the file", text.endsWith("\n") ? 0 : 1, ""),
  ].filter((change) => change !== "");
  if (changes.length === 0) return { text, changes };
  if (raw.nbformat_minor < 5) raw.nbformat_minor = 5;
  return { text: withLayoutOf(text, raw), changes };
}

function clearOutputs(cell: UncheckedJson): boolean {
  if (cell.cell_type !== "code" || cell.outputs.length === 0) return false;
  cell.outputs = [];
  return true;
}

function clearCount(cell: UncheckedJson): boolean {
  if (cell.cell_type !== "code" || cell.execution_count === null) return false;
  cell.execution_count = null;
  return true;
}

function clearNotebookMetadata(metadata: UncheckedJson): string[] {
  // The version of whatever ran the notebook last.
  const version = take(metadata.language_info, ["version"]).map((key) => `language_info.${key}`);
  return [...take(metadata, volatile.notebook), ...version];
}

/** Removes the keys that are there and says which. */
function take(from: UncheckedJson, keys: readonly string[]): string[] {
  if (typeof from !== "object" || from === null) return [];
  const there = keys.filter((key) => Object.hasOwn(from, key));
  for (const key of there) delete from[key];
  return there;
}

function count(what: string, times: number, of = `${times} cell${times === 1 ? "" : "s"}`): string {
  return times === 0 ? "" : `${what} ${of}`.trim();
}

const listed = (what: string, keys: readonly string[]) =>
  keys.length === 0 ? "" : `${what}: ${[...new Set(keys)].join(", ")}`;

/** The notebook with the indentation and the line ends that the text has. */
function withLayoutOf(text: string, raw: UncheckedJson): string {
  const [, lineEnd = "\n", indent = ""] = /^\uFEFF?\s*\{(\r?\n)([ \t]*)/.exec(text) ?? [];
  const written = `${JSON.stringify(raw, null, indent)}\n`;
  return lineEnd === "\n" ? written : written.replaceAll("\n", lineEnd);
}
