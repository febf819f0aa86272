import { withoutReserved } from "../cells/reservedNames.ts";
import { plainText } from "./plainText.ts";

export interface Inspection {
  found: boolean;
  data: Record<string, string>;
}

export interface ServerHover {
  contents: string | { kind: string; value: string };
}

/** Signature and documentation as markdown and as text; the source behind it where it was asked for. */
export function inspectCell(hover: ServerHover, source: string | undefined): Inspection {
  const value = typeof hover.contents === "string" ? hover.contents : hover.contents.value;
  const documented = withoutReserved(withoutAlias(value)).trim();
  const text = source === undefined ? documented : `${documented}\n\nSource:\n\n\`\`\`ts\n${source}\n\`\`\``;
  const markdown =
    source === undefined ? documented : `${documented}\n\n**Source**\n\n\`\`\`ts\n${source}\n\`\`\``;
  return { found: true, data: { "text/plain": plainText(text), "text/markdown": markdown } };
}

/** Of a name that is declared nowhere the server says only that it is an `any`. */
export function isUnknown({ contents }: ServerHover): boolean {
  return /^(```\w*\n)?any(\n```)?\s*$/.test(typeof contents === "string" ? contents : contents.value);
}

/** A name of an earlier cell is an import to the server, but not to the user. */
function withoutAlias(markdown: string): string {
  return markdown.replace(/\(alias\) /g, "").replace(/^(```\w*\n[\s\S]*?)\nimport [^\n]*(?=\n```)/, "$1");
}
