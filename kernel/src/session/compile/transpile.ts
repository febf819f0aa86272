import { parseSync } from "oxc-parser";
import { type TransformOptions, transformSync } from "oxc-transform";
import type { EmitOptions } from "../../tsconfig/emitOptions.ts";
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
 * Removes types, lowers JSX, enums, namespaces, parameter properties and what Node 20 does not know, as the notebook's
 * tsconfig.json has it. Imports that look unused stay where `keepsImports` says so: in a cell, for a later one may use
 * them.
 */
export function transpile(file: string, source: string, emit: EmitOptions = {}): Transpiled {
  const transpiled = transpileWithOxc(file, source, emit);
  return needsTypeScript(transpiled.code) || losesAliases(transpiled.code, source)
    ? transpileWithTypeScript(file, source, emit)
    : transpiled;
}

/** oxc leaves standard decorators and auto-accessors as they are, each on a line of its own. */
export function needsTypeScript(code: string): boolean {
  return /^[^\S\r\n\u2028\u2029]*(@[\w$(]|(static )?accessor [\w$#["'])/m.test(code);
}

/** A decorator is told the type behind an alias by TypeScript only. */
function losesAliases(code: string, source: string): boolean {
  return code.includes("babelHelpers.decorateMetadata(") && /\btype\s+[\p{ID_Start}$_]/u.test(source);
}

function transpileWithOxc(file: string, source: string, emit: EmitOptions): Transpiled {
  const { code, map, errors } = transformSync(file, source, transformOptions(emit));
  const error = errors.find((each) => each.severity === "Error");
  if (error) throw new ParseError(error.message, syntaxErrorOffset(file, source));
  return { code, map };
}

function transformOptions({ decorators, assignsFields, jsx, keepsImports }: EmitOptions): TransformOptions {
  const classic = jsx?.runtime === "classic" ? jsx : undefined;
  return {
    sourceType: "module",
    target: "es2023",
    sourcemap: true,
    typescript: {
      onlyRemoveTypeImports: keepsImports === true,
      ...(assignsFields && { removeClassFieldsWithoutInitializer: true }),
      ...(classic?.pragma && { jsxPragma: rootOf(classic.pragma) }),
      ...(classic?.pragmaFrag && { jsxPragmaFrag: rootOf(classic.pragmaFrag) }),
    },
    ...(assignsFields && { assumptions: { setPublicClassFields: true } }),
    ...(decorators && {
      decorator: {
        legacy: true,
        emitDecoratorMetadata: decorators.metadata,
        strictNullChecks: decorators.strictNullChecks,
      },
    }),
    helpers: { mode: "External" as never }, // an ambient const enum: not there at run time
    jsx: jsx ?? { runtime: "automatic" },
  };
}

/** `React.createElement` is a property of what is imported as `React`. */
function rootOf(name: string): string {
  return name.split(".", 1)[0] as string;
}

/** oxc-transform counts in bytes, oxc-parser in UTF-16 units. */
function syntaxErrorOffset(file: string, source: string): number {
  const [first] = parseSync(file, source, { sourceType: "module" }).errors;
  return first?.labels[0]?.start ?? 0;
}
