import { readFileSync } from "node:fs";
import type { EmitOptions } from "../../../tsconfig/emitOptions.ts";
import { ParseError, transpile } from "../../compile/transpile.ts";
import type { Transpiled } from "../../compile/transpiled.ts";
import { transpileWithTypeScript } from "../../compile/transpileWithTypeScript.ts";
import { codeFrame } from "../../errors/codeFrame.ts";
import { virtualModules } from "../resolve/virtualModules.ts";

export function readLocal(file: string): string {
  const text = virtualModules.get(file)?.source ?? readFileSync(file, "utf8");
  return text.replace(/^\uFEFF/, "").replace(/^#!.*/, "");
}

/** A local file as a module. */
export function compileModule(file: string, source: string, emit: EmitOptions | undefined): Transpiled {
  return located(file, source, () => transpile(file, source, emit));
}

/** A local file as CommonJS; imports and exports become `require` and `exports`, which TypeScript does. */
export function compileCommonJs(file: string, source: string, emit: EmitOptions | undefined): Transpiled {
  const isTypeScript = /\.([mc]?ts|tsx|jsx)$/.test(file);
  const hasModuleSyntax = /\b(import|export)\b/.test(source);
  if (!isTypeScript && !hasModuleSyntax) return { code: source, map: undefined };
  return located(file, source, () => {
    if (!hasModuleSyntax) return transpile(file, source, emit);
    return transpileWithTypeScript(file, source, emit, { isCommonJs: true });
  });
}

/** A syntax error that names the file. */
function located(file: string, source: string, compile: () => Transpiled): Transpiled {
  try {
    return compile();
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    const before = source.slice(0, error.offset);
    const line = before.split("\n").length;
    const column = error.offset - before.lastIndexOf("\n");
    const found = new SyntaxError(`${error.message} (${file}:${line}:${column})`);
    found.stack = [`SyntaxError: ${found.message}`, ...codeFrame(source, { line, column })].join("\n");
    throw found;
  }
}
