/**
 * A key, as a JSON string, that some object of a JSON text has twice, however deep it is and however the two are written.
 *
 * @param text JSON without a fault
 */
export function deepRepeatedKey(text: string): string | undefined {
  const open: (Set<string> | undefined)[] = [];
  const marks = /["{}[\]]/g;
  for (let found = marks.exec(text); found; found = marks.exec(text)) {
    const mark = found[0];
    if (mark === "{") open.push(new Set());
    else if (mark === "[") open.push(undefined);
    else if (mark === "}" || mark === "]") open.pop();
    else {
      const end = endOfString(text, found.index);
      marks.lastIndex = end;
      const keys = open.at(-1);
      if (!keys || !isColonNext(text, end)) continue;
      const written = text.slice(found.index, end);
      // Escapes may write one key in several ways.
      const key = written.includes("\\") ? JSON.stringify(JSON.parse(written)) : written;
      if (keys.has(key)) return key;
      keys.add(key);
    }
  }
  return undefined;
}

function isColonNext(text: string, from: number): boolean {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 32) return code === 58;
  }
  return false;
}

function endOfString(text: string, at: number): number {
  for (let end = at + 1; ; end++) {
    end = text.indexOf('"', end);
    if (end < 0) return text.length;
    let escapes = 0;
    while (text.charCodeAt(end - 1 - escapes) === 92) escapes += 1;
    if (escapes % 2 === 0) return end + 1;
  }
}
