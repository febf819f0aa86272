/**
 * JSON as `JSON.stringify` writes it, with U+FFFD in place of each half of a surrogate pair, in keys as in values. It
 * writes a half as an escape (`\ud83d`), which no UTF-8 can hold: the notebook could not be saved.
 */
export function wellFormedJson(json: string): string {
  if (!json.includes("\\ud")) return json;
  // Escapes are read one after the other, since `\\ud83d` is a backslash and five letters.
  return json.replace(/\\(?:ud[89a-f][0-9a-f]{2}|.)/g, (escaped) =>
    escaped.length === 6 ? "\ufffd" : escaped,
  );
}
