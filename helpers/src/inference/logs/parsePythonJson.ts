/**
 * Parses JSON as Python writes it: `NaN`, `Infinity` and `-Infinity` may stand for numbers. NaN becomes null.
 *
 * @throws SyntaxError where it is no JSON even so
 */
export function parsePythonJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!/NaN|Infinity/.test(text)) throw error;
    return JSON.parse(withoutTokens(text));
  }
}

/** The text with Python's three tokens replaced outside of strings; strings are passed over, however long. */
function withoutTokens(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '"') {
      i = endOfString(text, i);
    } else if (c === "N" && text.startsWith("NaN", i)) {
      parts.push(text.slice(from, i), "null");
      from = i + 3;
      i = from - 1;
    } else if (c === "I" && text.startsWith("Infinity", i)) {
      // 1e999 is read as Infinity, and a minus before it stays.
      parts.push(text.slice(from, i), "1e999");
      from = i + 8;
      i = from - 1;
    }
  }
  parts.push(text.slice(from));
  return parts.join("");
}

function endOfString(text: string, start: number): number {
  let i = start + 1;
  for (;;) {
    const quote = text.indexOf('"', i);
    if (quote < 0) return text.length;
    let slashes = 0;
    for (let k = quote - 1; k > start && text[k] === "\\"; k--) slashes++;
    if (slashes % 2 === 0) return quote;
    i = quote + 1;
  }
}
