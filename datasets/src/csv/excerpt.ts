/**
 * The beginning of a text as a message of one line can hold it: line ends and control characters, which could do anything
 * to a terminal, become blanks.
 *
 * @param text any text, such as a cell of somebody's file
 * @param length how many characters of it at most
 *
 * @example
 * ```ts
 * import { excerpt } from "isoflop-datasets/csv";
 *
 * excerpt("two\nlines"); // => "two lines"
 * excerpt("abcdefgh", 4); // => "abcd…"
 * ```
 */
export function excerpt(text: string, length = 40): string {
  const start = text.slice(0, length).replace(/[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]+/gu, " ");
  return text.length > length ? `${start}…` : start;
}
