import { type OxcError, type ParseResult, parseSync } from "oxc-parser";

export interface ParsedCell {
  code: string;
  result: ParseResult;
  errors: OxcError[];
  /** JSX needs another grammar: with it, `<T>value` is no type assertion. */
  hasJsx: boolean;
  /** The cell is one object literal, which as a statement would be a block with labels. */
  isObjectLiteral: boolean;
}

/** Parses a cell as the kernel runs it: TypeScript, TypeScript with JSX if only that fits, or one object literal. */
export function parseCell(code: string): ParsedCell {
  const plain = parseSync("cell.ts", code, { sourceType: "module", lang: "ts" });
  const parsed = { code, result: plain, errors: plain.errors, hasJsx: false, isObjectLiteral: false };
  if (/^\s*\{/.test(code) && isOneBlock(plain)) {
    const literal = parseSync("cell.ts", `(${code}\n)`, { sourceType: "module", lang: "ts" });
    if (literal.errors.length === 0) return { ...parsed, result: literal, errors: [], isObjectLiteral: true };
  }
  if (plain.errors.length > 0 && /<[\w>]/.test(code)) {
    const jsx = parseSync("cell.tsx", code, { sourceType: "module", lang: "tsx" });
    if (jsx.errors.length === 0)
      return { code, result: jsx, errors: [], hasJsx: true, isObjectLiteral: false };
  }
  return parsed;
}

/** `{a: 1}` parses as a block, `{a: 1, b: 2}` not at all; both are meant as objects. */
function isOneBlock({ errors, program }: ParseResult): boolean {
  if (errors.length > 0) return true;
  return program.body.length === 1 && program.body[0]!.type === "BlockStatement";
}
