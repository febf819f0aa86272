import { magicTable } from "../magics/magicTable.ts";
import type { Completion } from "./completeCell.ts";

/**
 * Completes a `%` line at the cursor; `undefined` when there is none, or when the cursor is in what stands behind its
 * name. Magic lines stand before the first code, `%%name` in the first line of all.
 */
export function completeMagic(code: string, cursor: number): Completion | undefined {
  const lineStart = code.lastIndexOf("\n", cursor - 1) + 1;
  const [, indent = "", typed] = /^([ \t]*)(%[^\n]*)$/.exec(code.slice(lineStart, cursor)) ?? [];
  if (typed === undefined) return undefined;
  const lines = code.slice(0, lineStart).split("\n");
  if (!lines.every((line) => /^\s*([%!]|\/\/|$)/.test(line))) return undefined;
  const isFirst = lines.every((line) => line.trim() === "");
  const matches = magicTable
    .flatMap(({ name, kind, words = [] }) => [
      ...(kind === "cell" ? [] : [`%${name}`, ...words.map((word) => `%${name} ${word}`)]),
      ...(kind === "line" || !isFirst ? [] : [`%%${name}`]),
    ])
    .filter((magic) => magic.startsWith(typed));
  if (matches.length === 0 && /\s/.test(typed)) return undefined; // its statement, or nothing
  const [start, end] = [lineStart + indent.length, cursor];
  const types = matches.map((text) => ({ start, end, text, type: "magic", signature: "" }));
  return { matches, cursorStart: start, cursorEnd: end, metadata: { _jupyter_types_experimental: types } };
}
