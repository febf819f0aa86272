export interface Position {
  line: number;
  character: number;
}

/** Line and column, both from 0 and in UTF-16 units, of an offset. */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf("\n") + 1;
  let line = 0;
  for (let at = before.indexOf("\n"); at >= 0; at = before.indexOf("\n", at + 1)) line += 1;
  return { line, character: offset - lineStart };
}

export function offsetAt(text: string, { line, character }: Position): number {
  let start = 0;
  for (let each = 0; each < line; each++) {
    const end = text.indexOf("\n", start);
    if (end < 0) return text.length;
    start = end + 1;
  }
  return Math.min(start + character, text.length);
}
