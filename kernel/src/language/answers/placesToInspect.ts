/** At the cursor, just before it, and, inside the parentheses of a call, what is called. */
export function placesToInspect(code: string, cursor: number): number[] {
  const callee = /[\p{ID_Continue}$]\s*\([^()]*$/u.exec(code.slice(0, cursor));
  return [cursor, cursor - 1, ...(callee ? [callee.index] : [])].filter((at) => at >= 0);
}

/** The word around an offset; empty where there is none. */
export function wordAt(code: string, offset: number): string {
  return wordBefore(code, offset) + (/^[\p{ID_Continue}$]*/u.exec(code.slice(offset))?.[0] ?? "");
}

/** The part of a word before an offset. Looked for from there: from the start it would take a long text's length squared. */
export function wordBefore(code: string, offset: number): string {
  let start = offset;
  while (start > 0) {
    const character = codePointBefore(code, start);
    if (!/[\p{ID_Continue}$]/u.test(character)) break;
    start -= character.length;
  }
  return code.slice(start, offset);
}

function codePointBefore(code: string, offset: number): string {
  const two = code.slice(Math.max(0, offset - 2), offset);
  return /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(two) ? two : two.slice(-1);
}
