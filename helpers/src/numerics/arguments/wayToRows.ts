/**
 * How to make rows of something, or a record of a row, after a semicolon. Nothing in a page, which is to be small: whoever writes it has tried
 * the call in Node or in a notebook, where hostWayToRows.ts stands here.
 */
export function wayToRows(_given: unknown): string {
  return "";
}
