import { findMagic } from "../../language/magics/magicTable.ts";

/** Lines as comments. */
export const comment = (lines: readonly string[]): string[] =>
  lines.map((line) => (line === "" ? "//" : `// ${line}`));

/** Comments as the lines they were made of; what is no comment stays. */
export const uncomment = (lines: readonly string[]): string[] =>
  lines.map((line) =>
    line.startsWith("// ") ? line.slice(3) : line.startsWith("//") ? line.slice(2) : line,
  );

/** `_MAGIC_RE` of jupytext/magics.py: a magic of any number of percent signs, already a comment or not. */
const magic = /^\s*(?:\/\/ |\/\/)*%{1,3}[a-zA-Z]/;
const notEscaped = /^\s*(?:\/\/ |\/\/)*%{1,3}[a-zA-Z].*\/\/\s*noescape/s;
const isMagic = (line: string): boolean => magic.test(line) && !notEscaped.test(line);

/** Magics as comments, one deeper where they already are. */
export const commentMagics = (lines: readonly string[]): string[] =>
  lines.map((line) => (isMagic(line) ? line.replace(/^\s*/, "$&// ") : line));

export const uncommentMagics = (
  lines: readonly string[],
  isMeant: (line: string) => boolean = () => true,
): string[] =>
  lines.map((line) => (isMagic(line) && isMeant(line) ? line.replace(/^(\s*)\/\/ ?/, "$1") : line));

/** Whether the magic that a comment would be is one that the kernel has: `// %d per year` is a comment. */
export function isKernelMagic(line: string): boolean {
  const [, marks = "", name = ""] = /(%{1,3})([\p{ID_Continue}-]+)/u.exec(line) ?? [];
  return findMagic(name, marks === "%%" ? "cell" : "line") !== undefined;
}

/** What begins a cell where it is a comment, or as a comment of a comment. */
const marker = /^\s*(?:\/\/\s*)*(?:%%(?:%*\s.*)?|<codecell>\s*|In\[[0-9 ]*\]:?\s*)$/s;

/**
 * Makes a comment, once more, of each line that could be taken for the beginning of a cell. Jupytext has no way to write it.
 *
 * @param isText whether the lines are made comments afterwards, so that those without any `//` could be taken, too
 */
export const hideMarkers = (lines: readonly string[], isText: boolean): string[] =>
  lines.map((line) =>
    marker.test(line) && (isText || /^\s*\/\//.test(line)) ? line.replace(/^\s*/, "$&// ") : line,
  );

export const showMarkers = (lines: readonly string[]): string[] =>
  lines.map((line) => (marker.test(line) ? line.replace(/^(\s*)\/\/ /, "$1") : line));
