import type { SourceMapInput } from "@jridgewell/trace-mapping";
import { codeFrame } from "./codeFrame.ts";
import { rewriteCell } from "./rewriteCell.ts";
import { rewriteTopLevelUsing } from "./topLevelUsing.ts";
import { ParseError, transpile } from "./transpile.ts";
import type { Transpiled } from "./transpiled.ts";

export interface CompiledSource {
  /** What runs. */
  code: string;
  /** The cell as JavaScript, before it was rewritten. */
  javaScript: string;
  /** What it declares for the session. */
  names: ReadonlySet<string>;
  /** From `code` to the TypeScript, one map a step. */
  maps: SourceMapInput[];
}

/** A cell's TypeScript as the code that runs; nothing happens yet. */
export function compileSource(file: string, source: string): CompiledSource {
  const { code: javaScript, map } = transpileCell(file, rewriteTopLevelUsing(file, source));
  const cell = rewriteCell(file, javaScript);
  const maps = [cell.map, map].filter((each) => each !== undefined) as unknown as SourceMapInput[];
  return { code: cell.code, javaScript, names: cell.names, maps };
}

/** TypeScript first; JSX only where the cell cannot be read without it, because `<T>x` is valid in one only. */
function transpileCell(file: string, source: string): Transpiled {
  const asObject = objectLiteral(file, source);
  if (asObject) return asObject;
  try {
    return transpile(file, source);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    if (/<[\w>]/.test(source)) {
      try {
        return transpile(file.replace(/\.ts$/, ".tsx"), source);
      } catch {
        // the first error says more
      }
    }
    throw locate(error, source);
  }
}

/** `{ a: 1 }` as a whole cell is an object, not a block with a label. */
function objectLiteral(file: string, source: string): Transpiled | undefined {
  if (!/^\s*\{/.test(source) || !/\}\s*$/.test(source)) return undefined;
  try {
    return transpile(file, `(${source})`);
  } catch {
    return undefined;
  }
}

function locate(error: ParseError, source: string): SyntaxError {
  const before = source.slice(0, error.offset);
  const line = before.split("\n").length;
  const column = error.offset - before.lastIndexOf("\n");
  const located = new SyntaxError(`${error.message} (cell ${line}:${column})`);
  located.stack = [`SyntaxError: ${located.message}`, "", ...codeFrame(source, { line, column })].join("\n");
  return located;
}
