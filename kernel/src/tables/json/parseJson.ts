/**
 * JSON as Python writes it: NaN, Infinity and -Infinity, which JSON has not, become texts, so that each is a cell that
 * is no number rather than the end of the file.
 *
 * @throws SyntaxError as JSON.parse does
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!/NaN|Infinity/.test(text)) throw error;
    const quoted = text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|(?<![\w.])-?(?:NaN|Infinity)(?![\w.])/g, (part) =>
      part.startsWith('"') ? part : `"${part}"`,
    );
    try {
      return JSON.parse(quoted);
    } catch {
      // The places that the message names are those of the file.
      throw error;
    }
  }
}
