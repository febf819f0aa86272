/** A word of an expression. */
export interface Token {
  readonly kind: "number" | "text" | "name" | "column" | "sign" | "end";
  readonly text: string;
  /** Where it begins. */
  readonly at: number;
}

const patterns: readonly (readonly [Token["kind"] | "blank", RegExp])[] = [
  ["blank", /\s+/y],
  ["number", /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\p{L}\p{N}_])/uy],
  ["text", /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/uy],
  ["column", /\{[^{}]+\}|`[^`]+`/uy],
  ["name", /[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*/uy],
  ["sign", /\*\*|<=|>=|==|!=|<>|&&|\|\||[-+*/^%<>=!(),]/uy],
];

/**
 * The words of an expression, with one of the kind "end" behind them.
 *
 * @throws RangeError naming what cannot be read
 */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const [kind, word] = wordAt(text, at);
    if (kind !== "blank") tokens.push({ kind, text: inner(kind, word), at });
    at += word.length;
  }
  tokens.push({ kind: "end", text: "", at });
  return tokens;
}

function wordAt(text: string, at: number): readonly [Token["kind"] | "blank", string] {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at;
    const [word] = pattern.exec(text) ?? [];
    if (word !== undefined) return [kind, word];
  }
  const rest = text.slice(at, at + 12);
  if (/^\d/.test(rest))
    throw new RangeError(
      `"${rest}" is no number; write 7e9, and columns that begin with a digit as {7b_loss}`,
    );
  if (/^["'`{]/.test(rest)) throw new RangeError(`what begins at ${rest[0]} does not end; close it`);
  throw new RangeError(
    `"${rest[0]}" cannot stand there; columns with other signs in their names are written {name}`,
  );
}

function inner(kind: Token["kind"], word: string): string {
  if (kind === "text") return word.slice(1, -1).replace(/\\(.)/gu, "$1");
  return kind === "column" ? word.slice(1, -1).trim() : word;
}
