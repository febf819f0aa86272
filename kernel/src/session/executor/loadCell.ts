import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import { registerSource } from "../errors/sourceMaps.ts";
import { UsingContext } from "../globals/usingContext.ts";
import type { CompiledCell } from "../messages/executorMessages.ts";
import type { Importer } from "../modules/loaders.ts";
import { adopt } from "./adopt.ts";
import { mainRealm } from "./mainRealm.ts";
import { resumed } from "./resumed.ts";
import { declareNames, evaluate, giveGlobalsBack, isDeclared } from "./sessionScope.ts";

type CellFunction = (
  $import: Importer,
  $meta: object,
  $using: UsingContext,
  $resumed: <T>(value: T) => T,
) => Promise<{ value: unknown } | undefined>;

/** Makes a compiled cell ready to run; its names exist from then on. */
export function loadCell({ file, label, source, code, maps, names }: CompiledCell) {
  const url = isAbsolute(file) ? pathToFileURL(file).href : file; // a debugger knows files by their URL
  registerSource(url, source, maps, label);
  const fresh = names.filter((name) => !isDeclared(name));
  declareNames(names);
  const start = evaluate(`${code}\n//# sourceURL=${url}`) as CellFunction;
  return () => disposing(start, fresh);
}

/** Runs a cell and disposes of what its top level declared with `using`. */
async function disposing(start: CellFunction, fresh: readonly string[]): ReturnType<CellFunction> {
  const using = new UsingContext();
  let result: Awaited<ReturnType<CellFunction>>;
  try {
    result = await adopt(start(mainRealm.$import, mainRealm.$meta, using, resumed), { isOurs: true });
  } catch (error) {
    giveGlobalsBack(fresh);
    using.e = error;
  }
  await using.d();
  return result;
}
