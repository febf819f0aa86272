const textOrComment = /("(?:[^"\\\n]|\\.)*")|\/\/.*|\/\*[\s\S]*?(?:\*\/|$)/g;
const textOrLastComma = /("(?:[^"\\\n]|\\.)*")|,(?=\s*[}\]])/g;
const longest = 100_000;

/**
 * JSON with comments and commas behind the last element, as TypeScript reads it.
 *
 * @throws Error whose message says where the text is no such JSON
 */
export function parseJsonc(text: string): unknown {
  if (text.length > longest) throw new Error(`is longer than ${longest.toLocaleString("en")} characters`);
  const blank = (found: string) => found.replace(/[^\r\n]/g, " "); // each place stays where it is
  const plain = text
    .replace(/^\uFEFF/, " ")
    .replace(textOrComment, (found, string?: string) => string ?? blank(found))
    .replace(textOrLastComma, (_, string?: string) => string ?? " ");
  try {
    return JSON.parse(plain);
  } catch (error) {
    throw new Error(`is not valid JSON (${placeOf((error as Error).message, plain)})`);
  }
}

function placeOf(message: string, text: string): string {
  const at = Number(/at position (\d+)/.exec(message)?.[1] ?? text.trimEnd().length);
  const before = text.slice(0, at).split("\n");
  return `line ${before.length}, column ${(before.at(-1) as string).length + 1}`;
}
