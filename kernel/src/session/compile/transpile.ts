import { parseSync } from "oxc-parser";
import { transformSync } from "oxc-transform";
import type { Transpiled } from "./transpiled.ts";
import { transpileWithTypeScript } from "./transpileWithTypeScript.ts";

/** TypeScript that cannot be parsed; `offset` is a UTF-16 offset in the source. */
export class ParseError extends SyntaxError {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.name = "SyntaxError";
    this.offset = offset;
  }
}

/**
 * Removes types, lowers JSX, enums, namespaces, parameter properties and what Node 20 does not know. Imports
 * that look unused stay: a later cell may use them.
 */
export function transpile(file: string, source: string): Transpiled {
  const transpiled = transpileWithOxc(file, source);
  return needsTypeScript(transpiled.code) ? transpileWithTypeScript(file, source) : transpiled;
}

/** oxc leaves standard decorators and auto-accessors as they are, each on a line of its own. */
export function needsTypeScript(code: string): boolean {
  return /^[^\S\r\n\u2028\u2029]*(@[\w$(]|(static )?accessor [\w$#["'])/m.test(code);
}

function transpileWithOxc(file: string, source: string): Transpiled {
  const { code, map, errors } = transformSync(file, source, {
    sourceType: "module",
    target: "es2023",
    sourcemap: true,
    typescript: { onlyRemoveTypeImports: true },
    helpers: { mode: "External" as never }, // an ambient const enum: not there at run time
    jsx: { runtime: "automatic" },
  });
  const error = errors.find((each) => each.severity === "Error");
  if (error) throw new ParseError(error.message, syntaxErrorOffset(file, source));
  return { code, map };
}

/** oxc-transform counts in bytes, oxc-parser in UTF-16 units. */
function syntaxErrorOffset(file: string, source: string): number {
  const [first] = parseSync(file, source, { sourceType: "module" }).errors;
  return first?.labels[0]?.start ?? 0;
}
