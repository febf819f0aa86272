import type { Notebook } from "../Notebook.ts";
import { NotebookFormatError, parseNotebook } from "../parseNotebook.ts";
import type { UncheckedJson } from "../UncheckedJson.ts";
import { joined } from "./joined.ts";
import { isMarker } from "./markerOptions.ts";
import { readCell } from "./readCell.ts";
import { readHeader } from "./scriptHeader.ts";
import { mainLanguage, type ScriptKind, scriptKind } from "./scriptKind.ts";

/** Formats of jupytext whose cells begin with `// %%`. In the second, magics are no comments. */
const formats = ["percent", "hydrogen"];

/**
 * Reads a script whose cells begin with `// %%`, in jupytext's percent format: `// %% [markdown]` and comments are text,
 * `// %% tags=["parameters"]` gives a cell its metadata, commented magics (`// %time f()`) are magics (without a header, those that the kernel has), and YAML between two
 * lines `// ---` is the notebook's metadata. What stands above the first cell is one, and a script without any is one cell.
 * Line ends may be CR LF. Without a header, a line within a template literal or a comment begins no cell.
 *
 * @param text the script
 * @param name what to call it in messages; its extension (`.ts`, `.js`, `.mts` and the like) tells the language
 * @throws NotebookFormatError where the header is no YAML, or says that the cells are marked in another way
 *
 * @example
 * import { parseScript } from "isoflop-kernel/runner";
 * const notebook = parseScript("// %% [markdown]\n// # Title\n\n// %%\n1 + 1\n", "a.ts");
 * notebook.cells.map(({ cell_type }) => cell_type); // => ["markdown", "code"]
 * notebook.cells.map(({ source }) => source); // => ["# Title", "1 + 1"]
 */
export function parseScript(text: string, name = "script.ts"): Notebook {
  const kind = scriptKind(name) ?? { extension: ".ts", language: "typescript" };
  const lines = linesOf(text);
  const header = readHeader(lines, name);
  const { format } = header;
  if (format !== undefined && !formats.includes(format))
    throw new NotebookFormatError(
      `${name} is written in jupytext's format "${format.slice(0, 40)}", and isoflop reads percent; jupytext --update-metadata '{"jupytext": null}' --to ${kind.extension.slice(1)}:percent converts it`,
    );
  const metadata = format === undefined ? withKernel(header.metadata, kind) : header.metadata;
  const options = {
    extension: kind.extension,
    language: mainLanguage(metadata, kind),
    hasMagics: format !== "hydrogen" && (metadata.jupytext as UncheckedJson)?.comment_magics !== false,
    isByHand: format === undefined,
  };
  const starts = startsOf(lines, header.length);
  const segments = starts.map((start, k) => lines.slice(start, starts[k + 1]));
  const whole = format === undefined ? joined(segments) : segments;
  const cells = whole.map((segment, k) => readCell(segment, k === whole.length - 1, options));
  if (header.frontMatter !== undefined)
    cells.unshift({ cell_type: "raw", metadata: {}, source: header.frontMatter });
  const notebook = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata,
    cells: cells.map((cell, k) => ({
      ...cell,
      id: `cell-${k + 1}`,
      ...(cell.cell_type === "code" && { execution_count: null, outputs: [] }),
    })),
  };
  return parseNotebook(JSON.stringify(notebook), name);
}

/**
 * The ends of lines: CR LF where every line has it, or the first line of some cell, which `formatScript` never ends so: a
 * file that was edited on two systems has CR LF and LF. Elsewhere a CR is the source's own. CR where there is no LF.
 */
function linesOf(text: string): string[] {
  const plain = text.replace(/^\uFEFF/, "");
  const lines = plain.includes("\n") ? plain.split("\n") : plain.split("\r");
  const isWindows =
    (plain.includes("\r\n") && !/(?<!\r)\n/.test(plain)) ||
    lines.some((line) => line.endsWith("\r") && isMarker(line));
  if (isWindows)
    for (const [k, line] of lines.entries()) if (line.endsWith("\r")) lines[k] = line.slice(0, -1);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** The kernel that a script without a header is for. */
function withKernel(metadata: Record<string, unknown>, { language }: ScriptKind): Record<string, unknown> {
  if (Object.hasOwn(metadata, "kernelspec")) return metadata;
  const kernelspec =
    language === "typescript"
      ? { display_name: "TypeScript (isoflop)", language, name: "isoflop" }
      : { display_name: "JavaScript", language, name: "javascript" };
  return { ...metadata, kernelspec };
}

function startsOf(lines: readonly string[], from: number): number[] {
  const starts: number[] = [];
  for (let at = from; at < lines.length; at++) if (isMarker(lines[at]!)) starts.push(at);
  const first = starts[0] ?? lines.length;
  if (lines.slice(from, first).some((line) => line.trim() !== "")) starts.unshift(from);
  return starts;
}
