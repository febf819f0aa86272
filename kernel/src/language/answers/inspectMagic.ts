import { findMagic } from "../magics/magicTable.ts";
import type { Inspection } from "./inspectCell.ts";

/** What a magic does, where the cursor is at its name; undefined elsewhere. */
export function inspectMagic(code: string, cursor: number): Inspection | undefined {
  const lineStart = code.lastIndexOf("\n", cursor - 1) + 1;
  const [all, indent = "", marks, name = ""] =
    /^([ \t]*)(%%?)(\w+)/.exec(code.slice(lineStart, lineStart + 200)) ?? [];
  if (all === undefined || cursor < lineStart + indent.length || cursor > lineStart + all.length)
    return undefined;
  const magic = findMagic(name, marks === "%%" ? "cell" : "line");
  if (!magic) return undefined;
  const { usage, summary } = magic;
  return {
    found: true,
    data: { "text/plain": `${usage}\n\n${summary}`, "text/markdown": `\`${usage}\`\n\n${summary}` },
  };
}
