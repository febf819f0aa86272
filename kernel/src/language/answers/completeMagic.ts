import type { Completion } from "./completeCell.ts";

const magics = ["%check off", "%check on", "%npm install"];

/** Completes a `%` line at the cursor; `undefined` when there is none. Magic lines stand before the first code. */
export function completeMagic(code: string, cursor: number): Completion | undefined {
  const before = code.slice(0, cursor);
  const lines = before.slice(0, before.lastIndexOf("\n") + 1).split("\n");
  const isAtMagic = /^[ \t]*%[^\n]*$/.test(before.slice(before.lastIndexOf("\n") + 1));
  if (!isAtMagic || !lines.every((line) => /^\s*(%|\/\/|$)/.test(line))) return undefined;
  const start = before.lastIndexOf("%");
  const matches = magics.filter((magic) => magic.startsWith(before.slice(start)));
  const types = matches.map((text) => ({ start, end: cursor, text, type: "magic", signature: "" }));
  return { matches, cursorStart: start, cursorEnd: cursor, metadata: { _jupyter_types_experimental: types } };
}
