import type { EmitOptions } from "../../tsconfig/emitOptions.ts";
import { codeFrame } from "../errors/codeFrame.ts";
import type { CompiledCell } from "../messages/executorMessages.ts";
import { kernelMark } from "./kernelMark.ts";
import { mentionedNames } from "./mentionedNames.ts";
import { rewriteCell } from "./rewriteCell.ts";
import { rewriteTopLevelUsing } from "./topLevelUsing.ts";
import { ParseError, transpile } from "./transpile.ts";
import type { Transpiled } from "./transpiled.ts";

const plainEmit: EmitOptions = { keepsImports: true };

/** Turns a cell's TypeScript into the code that runs; nothing happens yet. Stack traces call it `label`. */
export function compileSource(
  file: string,
  source: string,
  label = file,
  emit?: EmitOptions,
): CompiledCell & { mentions: Set<string> } {
  const mark = kernelMark(source);
  const cellEmit = emit ? { ...emit, keepsImports: true } : plainEmit;
  const { code: javaScript, map } = transpileCell(file, rewriteTopLevelUsing(file, source, mark), cellEmit);
  const cell = rewriteCell(file, javaScript, mark);
  const maps = [JSON.stringify(cell.pieces), ...(map ? [JSON.stringify(map)] : [])];
  const names = [...cell.names];
  return { file, label, source, code: cell.code, maps, names, mentions: mentionedNames(javaScript) };
}

/** TypeScript first; JSX only where the cell cannot be read without it, because `<T>x` is valid in one only. */
function transpileCell(file: string, source: string, emit: EmitOptions): Transpiled {
  const asObject = objectLiteral(file, source, emit);
  if (asObject) return asObject;
  try {
    return transpile(file, source, emit);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    if (/<[\w>]/.test(source)) {
      try {
        return transpile(file.replace(/\.ts$/, ".tsx"), source, emit);
      } catch {
        // the first error says more
      }
    }
    throw locate(error, source);
  }
}

/** `{ a: 1 }` as a whole cell is an object, not a block with a label. */
function objectLiteral(file: string, source: string, emit: EmitOptions): Transpiled | undefined {
  if (!/^\s*\{/.test(source) || !/\}\s*$/.test(source)) return undefined;
  try {
    return transpile(file, `(${source})`, emit);
  } catch {
    return undefined;
  }
}

function locate(error: ParseError, source: string): SyntaxError {
  const before = source.slice(0, error.offset);
  const line = before.split("\n").length;
  const column = error.offset - before.lastIndexOf("\n");
  const located = new SyntaxError(`${error.message} (cell ${line}:${column})`);
  located.stack = [`SyntaxError: ${located.message}`, ...codeFrame(source, { line, column })].join("\n");
  return located;
}
