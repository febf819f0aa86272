import type { UncheckedJson } from "../UncheckedJson.ts";
import { isActive } from "./activity.ts";
import { isCellLanguage } from "./cellLanguage.ts";
import { isKernelMagic, showMarkers, uncomment, uncommentMagics } from "./commented.ts";
import { isMarker, readMarker } from "./markerOptions.ts";

/** A cell as a script has it. */
export interface ScriptCell {
  cell_type: "code" | "markdown" | "raw";
  metadata: Record<string, unknown>;
  source: string;
  attachments?: Record<string, unknown>;
}

export interface CellOptions {
  readonly extension: string;
  /** Of the notebook. */
  readonly language: string;
  /** Whether magics are written as comments. */
  readonly hasMagics: boolean;
  /** Whether a comment is a magic only where the kernel has it: nobody says that jupytext wrote the script. */
  readonly isByHand?: boolean;
}

/** What a marker says in the key `isoflop`: what jupytext's format has no room for. */
export interface Extra {
  /** Lines at the end of the cell that are blank, which would be taken for the gap to the next. */
  ending?: string[];
  /** All metadata, where it cannot be written, or would be read as something else. */
  metadata?: Record<string, unknown>;
  attachments?: Record<string, unknown>;
  /** Whether lines that could be taken for the beginning of a cell have one `//` more. */
  escaped?: boolean;
}

/**
 * Reads the lines of one cell, its marker first, as jupytext does.
 *
 * @param isLast whether nothing follows
 */
export function readCell(lines: readonly string[], isLast: boolean, options: CellOptions): ScriptCell {
  const hasMarker = isMarker(lines[0]!);
  const { type, metadata: found } = hasMarker
    ? readMarker(lines[0]!)
    : { type: "code" as const, metadata: {} };
  const { isoflop, ...others } = found as Record<string, unknown> & { isoflop?: UncheckedJson };
  const extra = extraOf(isoflop);
  const written = extra ? others : found;
  const gap = gapOf(lines);
  const content = lines.slice(hasMarker ? 1 : 0, lines.length - gap);
  const { cell_type, source, metadata } = contentOf(type, content, written, {
    ...options,
    isEscaped: extra?.escaped === true,
  });
  return {
    cell_type,
    source: [...(extra?.ending && content.length === 0 ? [] : [source]), ...(extra?.ending ?? [])].join("\n"),
    metadata: { ...(extra?.metadata ?? metadata), ...(!isLast && gap !== 1 && { lines_to_next_cell: gap }) },
    ...(extra?.attachments && { attachments: extra.attachments }),
  };
}

function extraOf(value: UncheckedJson): Extra | undefined {
  const isObject = (one: unknown) => typeof one === "object" && one !== null && !Array.isArray(one);
  if (!isObject(value)) return undefined;
  const { ending, metadata, attachments, escaped, ...others } = value;
  const isRight =
    Object.keys(others).length === 0 &&
    (escaped === undefined || typeof escaped === "boolean") &&
    (ending === undefined ||
      (Array.isArray(ending) && ending.every((line: unknown) => typeof line === "string"))) &&
    [metadata, attachments].every((one) => one === undefined || isObject(one));
  return isRight ? value : undefined;
}

/** `last_two_lines_blank` and what follows of jupytext's reader: two blank lines at the end, or one, are the gap. */
function gapOf(lines: readonly string[]): number {
  const isBlank = (back: number) => lines.at(-back)?.trim() === "";
  if (lines.length >= 3 && isBlank(1) && isBlank(2) && !isBlank(3)) return 2;
  return lines.length > 0 && isBlank(1) ? 1 : 0;
}

function contentOf(
  type: ScriptCell["cell_type"],
  lines: readonly string[],
  given: Record<string, unknown>,
  {
    extension,
    language: main,
    hasMagics,
    isByHand,
    isEscaped,
  }: CellOptions & { readonly isEscaped: boolean },
): ScriptCell {
  const text = (isCode: boolean) => {
    const code = () => (hasMagics ? uncommentMagics(lines, isByHand ? isKernelMagic : undefined) : lines);
    const plain = isCode ? code() : uncomment(lines);
    return (isEscaped ? showMarkers(plain) : plain).join("\n");
  };
  if (type !== "code") return { cell_type: type, metadata: given, source: text(false) };
  const isCode = isActive(extension, given);
  if (!isActive(".ipynb", given)) {
    const { active, ...others } = given;
    return { cell_type: "raw", metadata: active === "" ? others : given, source: text(isCode) };
  }
  const { language, magic_args: args, ...others } = given;
  const isOther = !Object.hasOwn(given, "active") && language !== undefined && language !== main;
  const source = text(isCode && !isOther);
  if (language === main) {
    const { language: _, ...metadata } = given;
    return { cell_type: "code", metadata, source };
  }
  if (!isCellLanguage(language)) return { cell_type: "code", metadata: given, source };
  const first = args === undefined ? `%%${language}` : `%%${language} ${String(args)}`;
  return { cell_type: "code", metadata: others, source: `${first}\n${source}` };
}
