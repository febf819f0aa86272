/** More is not looked at: the text is cut anyway. */
const looked = 100_000;

/** Names of characters in HTML that people write. */
export const namedCharacters: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  times: "×",
  minus: "−",
  middot: "·",
  hellip: "…",
  ndash: "–",
  mdash: "—",
};

/** The words of some HTML: a line each block and row, blanks between the cells of a row. */
export function htmlText(html: string): string {
  return (
    html
      .slice(0, looked)
      .replace(/<(script|style|template)\b[\s\S]*?(<\/\1\s*>|$)/gi, "")
      .replace(/<!--[\s\S]*?(-->|$)/g, "")
      // No tag holds a sign < as a rule, and so none is looked for beyond the next one.
      .replace(/<img\b[^<>]{0,2000}?\salt\s*=\s*(?:"([^"<>]{0,1000})"|'([^'<>]{0,1000})')[^<>]*>/gi, " $1$2 ")
      .replace(/<\/t[dh]\s*>/gi, "  ")
      .replace(
        /<(br|\/?(p|div|h[1-6]|tr|li|ul|ol|table|section|pre|blockquote|figcaption|summary))\b[^<>]*>/gi,
        "\n",
      )
      .replace(/<\/?[a-z!?][^<>]*>/gi, "")
      .replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, entity)
      .split("\n")
      .map((line) => line.replace(/[^\S\n]{2,}/g, "  ").trim())
      .filter((line) => line !== "")
      .join("\n")
  );
}

function entity(whole: string, decimal?: string, hex?: string, name?: string): string {
  if (name) return Object.hasOwn(namedCharacters, name) ? (namedCharacters[name] as string) : whole;
  const code = decimal ? Number(decimal) : Number.parseInt(hex as string, 16);
  return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
    ? String.fromCodePoint(code)
    : whole;
}
