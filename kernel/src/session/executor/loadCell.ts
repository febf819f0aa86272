import vm from "node:vm";
import { registerSource } from "../errors/sourceMaps.ts";
import type { CompiledCell } from "../messages/executorMessages.ts";
import type { Importer } from "../modules/imports.ts";
import { resumed } from "./resumed.ts";
import { declareNames } from "./sessionScope.ts";
import { UsingContext } from "./usingContext.ts";

type CellFunction = (
  $import: Importer,
  $meta: object,
  $using: UsingContext,
  $resumed: <T>(value: T) => T,
) => Promise<{ value: unknown } | undefined>;

/** Makes a compiled cell ready to run; its names exist from then on. */
export function loadCell({ file, label, source, code, maps, names }: CompiledCell) {
  registerSource(file, source, maps, label);
  const script = new vm.Script(code, { filename: file });
  declareNames(names);
  const start = script.runInThisContext() as CellFunction;
  return ($import: Importer, $meta: object) => disposing(start, $import, $meta);
}

/** Runs a cell and disposes of what its top level declared with `using`. */
async function disposing(start: CellFunction, $import: Importer, $meta: object): ReturnType<CellFunction> {
  const using = new UsingContext();
  let result: Awaited<ReturnType<CellFunction>>;
  try {
    result = await start($import, $meta, using, resumed);
  } catch (error) {
    using.e = error;
  }
  await using.d();
  return result;
}
