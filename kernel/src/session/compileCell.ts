import vm from "node:vm";
import { codeFrame } from "./codeFrame.ts";
import type { Importer } from "./imports.ts";
import { rewriteCell } from "./rewriteCell.ts";
import { declareNames } from "./sessionScope.ts";
import { registerSource } from "./sourceMaps.ts";
import { rewriteTopLevelUsing } from "./topLevelUsing.ts";
import { ParseError, transpile } from "./transpile.ts";
import type { Transpiled } from "./transpiled.ts";
import { UsingContext } from "./usingContext.ts";

export interface CompiledCell {
  run($import: Importer, $meta: object): Promise<{ value: unknown } | undefined>;
  /** What the cell became, for those who look for names in it. */
  javaScript: string;
  names: ReadonlySet<string>;
}

type CellFunction = (
  $import: Importer,
  $meta: object,
  $using: UsingContext,
) => Promise<{ value: unknown } | undefined>;

/** Turns a cell's TypeScript into a function; its names exist from then on. */
export function compileCell(file: string, source: string): CompiledCell {
  const { code: javaScript, map } = transpileCell(file, rewriteTopLevelUsing(file, source));
  const cell = rewriteCell(file, javaScript);
  registerSource(file, source, [cell.map as never, map as never]);
  const script = new vm.Script(cell.code, { filename: file });
  declareNames(cell.names);
  const start = script.runInThisContext() as CellFunction;
  return { run: ($import, $meta) => disposing(start, $import, $meta), javaScript, names: cell.names };
}

/** Runs a cell and disposes of what its top level declared with `using`. */
async function disposing(start: CellFunction, $import: Importer, $meta: object): ReturnType<CellFunction> {
  const using = new UsingContext();
  let result: Awaited<ReturnType<CellFunction>>;
  try {
    result = await start($import, $meta, using);
  } catch (error) {
    using.e = error;
  }
  await using.d();
  return result;
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
