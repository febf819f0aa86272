import vm from "node:vm";
import { compileSource } from "./compileSource.ts";
import type { Importer } from "./imports.ts";
import { declareNames } from "./sessionScope.ts";
import { registerSource } from "./sourceMaps.ts";
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

/** Turns a cell's TypeScript into a function; its names exist from then on. Stack traces call it `label`. */
export function compileCell(file: string, source: string, label = file): CompiledCell {
  const { code, javaScript, names, maps } = compileSource(file, source);
  registerSource(file, source, maps, label);
  const script = new vm.Script(code, { filename: file });
  declareNames(names);
  const start = script.runInThisContext() as CellFunction;
  return { run: ($import, $meta) => disposing(start, $import, $meta), javaScript, names };
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
