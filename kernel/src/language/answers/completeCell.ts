import { cellLine } from "../cells/cellDocument.ts";
import { reserved } from "../cells/reservedNames.ts";
import type { SessionName } from "../cells/sessionNames.ts";
import { offsetAt, type Position } from "../cells/textPosition.ts";
import { wordBefore } from "./placesToInspect.ts";

export interface Completion {
  matches: string[];
  cursorStart: number;
  cursorEnd: number;
  metadata: Record<string, unknown>;
}

/** A completion as the language server gives it. */
export interface ServerCompletion {
  label: string;
  kind?: number;
  sortText?: string;
  insertText?: string;
  textEdit?: { newText: string; range: { start: Position; end: Position } };
}

// The Language Server Protocol's numbers from 1, in the words front ends have icons for.
const kinds =
  "text method function class property variable class interface module property unit value enum keyword snippet color file reference folder enum constant struct event operator type".split(
    " ",
  );

const sessionKinds: Record<SessionName["kind"], string> = {
  let: "variable",
  const: "constant",
  function: "function",
  class: "class",
  interface: "interface",
  type: "type",
  enum: "enum",
  namespace: "module",
  import: "variable",
};

interface Match {
  text: string;
  type: string;
  /** Less comes first. */
  rank: string;
}

/** The name that ends at the cursor; digits alone are none. */
function nameBefore(code: string, cursor: number): string {
  return wordBefore(code, cursor).replace(/^(?:(?![\p{ID_Start}$_])[\s\S])+/u, "");
}

/** Longer expressions nobody completes at. */
const longestObject = 1_000;

/** The expression before `.` or `?.` at the cursor, when reading it again has no effect. */
export function objectBefore(code: string, cursor: number): string | undefined {
  const end = cursor - nameBefore(code, cursor).length;
  const start = Math.max(0, end - longestObject);
  const before = code.slice(start, end);
  const pattern =
    /(?<![\p{ID_Continue}$.)\]])([\p{ID_Start}$_][\p{ID_Continue}$]*(?:\??\.[\p{ID_Start}$_][\p{ID_Continue}$]*|\[(?:\d+|"[^"\\]*"|'[^'\\]*')\])*)\s*\??\.$/u;
  const found = pattern.exec(before);
  return found && (found.index > 0 || start === 0) ? found[1] : undefined;
}

/** Whether a name of the session can stand at the cursor: not after a dot, and not in a string. */
function isFreeName(before: string): boolean {
  return (
    !/(^|[^.])\??\.\s*$/.test(before) && !/["'`][^"'`\n]*$/.test(before.slice(before.lastIndexOf("\n") + 1))
  );
}

/** Joins what the server knows with the names of the session, those first. */
export function completeCell(
  code: string,
  cursor: number,
  items: readonly ServerCompletion[],
  known: {
    session: Iterable<SessionName>;
    preloaded: ReadonlyMap<string, string>;
    runtime: readonly string[];
  },
): Completion {
  const word = nameBefore(code, cursor);
  const matches: Match[] = known.runtime.map((text) => ({ text, type: "property", rank: "0" }));
  let start = cursor - word.length;
  const offsets = new Map<string, number>();
  const offsetOf = ({ line, character }: Position): number => {
    const key = `${line}:${character}`; // nearly all begin at the same place, which takes time to find in a long cell
    const known = offsets.get(key) ?? offsetAt(code, { line, character });
    offsets.set(key, known);
    return known;
  };
  for (const { label, kind = 0, sortText = "", insertText, textEdit } of items) {
    const text = (textEdit?.newText ?? insertText ?? label).replace(/^\??\./, "");
    // `["a-b"]` would have to replace the dot as well, which a front end cannot for one match alone.
    if (text.startsWith(reserved) || text.startsWith("[")) continue;
    const from = textEdit ? offsetOf(textEdit.range.start) : cursor;
    if (from < start && !/^\??\./.test(code.slice(from))) start = from;
    matches.push({ text, type: kinds[kind - 1] ?? "text", rank: sortText });
  }
  if (isFreeName(code.slice(0, cursor - word.length))) {
    for (const { name, kind } of known.session)
      matches.push({ text: name, type: sessionKinds[kind], rank: "0" });
    for (const [name, type] of known.preloaded) matches.push({ text: name, type, rank: "14" });
  }
  const typed = code.slice(start, cursor);
  return reply(select(matches, typed), start, cursor);
}

/** Exact beginnings, or else those that differ in case, each name once. */
function select(matches: readonly Match[], typed: string): Match[] {
  const lower = typed.toLowerCase();
  const fitting = new Map<string, Match & { differs: boolean }>();
  for (const match of matches) {
    if (!match.text.toLowerCase().startsWith(lower)) continue;
    const known = fitting.get(match.text);
    if (known && known.rank <= match.rank) continue;
    fitting.set(match.text, { ...match, differs: !match.text.startsWith(typed) });
  }
  const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  const found = [...fitting.values()];
  const exact = found.filter(({ differs }) => !differs);
  return (exact.length > 0 ? exact : found).sort((a, b) => order(a.rank, b.rank) || order(a.text, b.text));
}

function reply(matches: readonly Match[], start: number, end: number): Completion {
  return {
    matches: matches.map(({ text }) => text),
    cursorStart: start,
    cursorEnd: end,
    metadata: {
      _jupyter_types_experimental: matches.map(({ text, type }) => ({
        start,
        end,
        text,
        type,
        signature: "",
      })),
    },
  };
}

/** A completion with its place counted from the cell's own first line, not from that of its document. */
export function intoCell(item: ServerCompletion): ServerCompletion {
  const { textEdit } = item;
  if (!textEdit) return item;
  const { start, end } = textEdit.range;
  const up = ({ line, character }: typeof start) => ({ line: line - cellLine, character });
  return { ...item, textEdit: { ...textEdit, range: { start: up(start), end: up(end) } } };
}
