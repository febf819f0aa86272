/** Turns a cursor counted in code points (the protocol's unit) into a UTF-16 offset (JavaScript's unit). */
export function toUtf16(code: string, codePoints: number): number {
  let offset = 0;
  for (let n = 0; n < codePoints && offset < code.length; n++) {
    offset += (code.codePointAt(offset) as number) > 0xffff ? 2 : 1;
  }
  return offset;
}

/** Turns a UTF-16 offset into a count of code points. */
export function toCodePoints(code: string, offset: number): number {
  let n = 0;
  for (let at = 0; at < offset && at < code.length; n++)
    at += (code.codePointAt(at) as number) > 0xffff ? 2 : 1;
  return n;
}
