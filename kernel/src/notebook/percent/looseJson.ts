import { limits } from "../../protocol/limits.ts";
import { isDeeper } from "../../protocol/nesting.ts";

/**
 * A value in JSON, or as Python writes it, which jupytext takes, too: `['a', 'b']`, `True`, `None`, a comma behind the last
 * item, tuples.
 *
 * @throws SyntaxError where it is neither, or nested so deeply that no notebook could hold it
 */
export function looseJson(text: string): unknown {
  const value = parsed(text);
  if (isDeeper(value, limits.nesting)) throw new SyntaxError(`nested deeper than ${limits.nesting} levels`);
  return value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const json = fromPython(text);
    if (json === undefined) throw error;
    return JSON.parse(json);
  }
}

const words: Readonly<Record<string, string>> = { True: "true", False: "false", None: "null" };
const token = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[A-Za-z_]+|-?\d[\d.eE+-]*|,\s*(?=[\]})])|[[\]{}():,]|\s+/y;

function fromPython(text: string): string | undefined {
  token.lastIndex = 0;
  let json = "";
  while (token.lastIndex < text.length) {
    const [found] = token.exec(text) ?? [];
    if (found === undefined) return undefined;
    if (found.startsWith("'")) json += singleQuoted(found);
    else if (/^[A-Za-z]/.test(found)) json += words[found] ?? found;
    else if (found === "(") json += "[";
    else if (found === ")") json += "]";
    else if (found.startsWith(","))
      json += /^,$/.test(found.trimEnd()) && isBeforeEnd(text, token.lastIndex) ? "" : found;
    else json += found;
  }
  return json;
}

const isBeforeEnd = (text: string, at: number): boolean => /^[\]})]/.test(text.slice(at, at + 1));

const singleQuoted = (text: string): string =>
  `"${text
    .slice(1, -1)
    .replaceAll("\\'", "'")
    .replace(/(?<!\\)"/g, '\\"')}"`;
