import { isDeepStrictEqual } from "node:util";
import type { Cell, Notebook } from "../Notebook.ts";
import { isActive } from "./activity.ts";
import { languageOf } from "./cellLanguage.ts";
import { comment, commentMagics, hideMarkers } from "./commented.ts";
import { isMarker, writeMarker } from "./markerOptions.ts";
import { type CellOptions, type Extra, readCell, type ScriptCell } from "./readCell.ts";
import { writeHeader } from "./scriptHeader.ts";
import { mainLanguage, scriptKind } from "./scriptKind.ts";
import { volatile } from "./volatile.ts";

/**
 * Writes a notebook as a script, in jupytext's percent format. Sources, metadata, tags and attachments are kept, and
 * `parseScript` reads the same notebook back; outputs, counts, cell ids and what a run or a view left are not. What
 * jupytext's format has no room for (blank lines at the end of a cell, attachments, odd metadata) is kept in a key `isoflop`
 * of the cell's first line.
 *
 * @param name of the script: its extension tells the language of a notebook that does not say it
 *
 * @example
 * import { formatScript, parseNotebook } from "isoflop-kernel/runner";
 * const cell = { cell_type: "markdown", id: "a", metadata: { tags: ["intro"] }, source: "# Title" };
 * const notebook = parseNotebook(JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [cell] }));
 * formatScript(notebook).split("\n").slice(-3); // => ['// %% [markdown] tags=["intro"]', "// # Title", ""]
 */
export function formatScript(notebook: Notebook, name = "script.ts"): string {
  const kind = scriptKind(name) ?? { extension: ".ts", language: "typescript" };
  const metadata = without(notebook.metadata, volatile.notebook);
  const jupytext = (metadata.jupytext ?? {}) as { comment_magics?: unknown };
  const options = {
    extension: kind.extension,
    language: mainLanguage(metadata, kind),
    hasMagics: jupytext?.comment_magics !== false,
  };
  const [first, ...others] = notebook.cells;
  const withMatter = isFrontMatter(first) && writeHeader(metadata, kind.extension, first!.source);
  const header = withMatter || writeHeader(metadata, kind.extension)!;
  const cells = withMatter ? others : notebook.cells;
  const lines = [...header, ""];
  for (const [k, cell] of cells.entries()) {
    for (const line of cellLines(cell, options)) lines.push(line);
    if (k < cells.length - 1) for (let gap = gapAfter(cell); gap > 0; gap--) lines.push("");
  }
  // Half a surrogate pair, which no UTF-8 can hold, becomes U+FFFD.
  const end = lines.findLastIndex((line) => line !== "") + 1;
  return Buffer.from(`${lines.slice(0, end).join("\n")}\n`).toString();
}

function isFrontMatter(cell: Cell | undefined): boolean {
  if (cell?.cell_type !== "raw" || Object.keys(cell.metadata).length > 0 || cell.attachments) return false;
  return cell.source.startsWith("---\n") && cell.source.endsWith("\n---");
}

/** Blank lines before the next cell. */
function gapAfter({ metadata }: Cell): number {
  const lines = metadata.lines_to_next_cell;
  return lines === 0 || lines === 2 ? lines : 1;
}

const without = (
  metadata: Readonly<Record<string, unknown>>,
  keys: readonly string[],
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(metadata).filter(
      ([key, value]) =>
        !keys.includes(key) && !(key === "tags" && Array.isArray(value) && value.length === 0),
    ),
  );

/** The lines of a cell, as jupytext writes them where they are read back the same, and otherwise with what it takes for that. */
function cellLines(cell: Cell, options: CellOptions): string[] {
  const { cell_type, source } = cell;
  const metadata = without(cell.metadata, [...volatile.cell, ...volatile.layout]);
  const attachments = cell.cell_type === "code" ? undefined : cell.attachments;
  const hasAttachments = attachments && Object.keys(attachments).length > 0;
  const all = source.split("\n");
  const isBlank = (line: string) => line.trim() === "";
  const lastFull = all.findLastIndex((line) => !isBlank(line));
  // What is no comment: blank lines at its end would be taken for the gap.
  const isBare = cell_type === "code" || Object.hasOwn(metadata, "active") || hasActiveTag(metadata);
  const ending = isBare && source !== "" && lastFull < all.length - 1 ? all.slice(lastFull + 1) : undefined;
  const lines = ending ? all.slice(0, lastFull + 1) : cell_type === "code" && source === "" ? [] : all;
  const extra: Extra = { ...(ending && { ending }), ...(hasAttachments && { attachments }) };
  const wanted: ScriptCell = {
    cell_type,
    metadata,
    source,
    ...(hasAttachments && { attachments }),
  };
  const tries = [extra, { ...extra, escaped: true }].map((one) => {
    const hasExtra = Object.keys(one).length > 0;
    return written(cell_type, hasExtra ? { ...metadata, isoflop: one } : metadata, lines, options);
  });
  const last = [
    writeMarker({ type: cell_type, metadata: { isoflop: { metadata, ...extra, escaped: true } } }),
    ...body(lines, cell_type === "code", { ...options, isEscaped: true }),
  ];
  return tries.find((one) => isReadAs(one, wanted, options)) ?? last;
}

/** What stands below a marker. */
function body(
  lines: readonly string[],
  isCode: boolean,
  { hasMagics, isEscaped }: CellOptions & { readonly isEscaped: boolean },
): readonly string[] {
  const safe = isEscaped ? hideMarkers(lines, !isCode) : lines;
  if (!isCode) return comment(safe);
  return hasMagics ? commentMagics(safe) : safe;
}

/** As `DoublePercentCellExporter` of jupytext/cell_to_text.py. */
function written(
  type: Cell["cell_type"],
  given: Record<string, unknown>,
  lines: readonly string[],
  options: CellOptions,
): string[] {
  const { extension, language: main } = options;
  const isEscaped = (given.isoflop as Extra | undefined)?.escaped === true;
  if (type !== "code") {
    const isCode = type === "raw" && (Object.hasOwn(given, "active") || hasActiveTag(given));
    const marker = writeMarker({ type: isCode ? "code" : type, metadata: given });
    return [marker, ...body(lines, isCode && isActive(extension, given), { ...options, isEscaped })];
  }
  const other = languageOf(lines);
  const metadata = other
    ? { ...given, ...(other.options !== "" && { magic_args: other.options }), language: other.language }
    : given;
  const language = other?.language ?? given.language ?? main;
  const isCode = isActive(extension, metadata, language === main);
  const source = other?.lines ?? lines;
  const indent = isCode ? /^\s*/.exec(source[0] ?? "")![0] : "";
  const isIndented = (source[0] ?? "").trim() !== "";
  const marker = (isIndented ? indent : "") + writeMarker({ type, metadata });
  return [marker, ...body(source, isCode, { ...options, isEscaped })];
}

const hasActiveTag = ({ tags }: Readonly<Record<string, unknown>>): boolean =>
  Array.isArray(tags) && tags.some((tag) => String(tag).startsWith("active-"));

function isReadAs(lines: readonly string[], wanted: ScriptCell, options: CellOptions): boolean {
  if (lines[0]!.includes("\n") || lines.slice(1).some(isMarker)) return false;
  const read = readCell([...lines, ""], false, options);
  const plain = (cell: ScriptCell) => ({ ...cell, metadata: JSON.parse(JSON.stringify(cell.metadata)) });
  return isDeepStrictEqual(plain(read), plain(wanted));
}
