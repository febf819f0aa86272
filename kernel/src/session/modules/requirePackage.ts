import { pathToFileURL } from "node:url";
import { isModuleFile } from "./isModulePackage.ts";
import { loadingWhole } from "./loadAtOnce.ts";
import { beginLoad, endLoad, forgetOld, toldOfUnended } from "./unendedLoads.ts";

/** What Node says of an ECMAScript module whose loading was broken off. */
const unsaid = ["ERR_INTERNAL_ASSERTION", "ERR_REQUIRE_CYCLE_MODULE"];

/**
 * Requires a package. CommonJS that an interrupt broke off is loaded anew when it is asked for again; an ECMAScript
 * module cannot be.
 */
export function requirePackage(name: string, native: NodeJS.Require): unknown {
  const file = native.resolve(name);
  if (native.cache[file]?.loaded) return native(name);
  const url = pathToFileURL(file).href;
  if (!isModuleFile(file)) {
    if (forgetOld(url)) forgetHalves(native);
    return untilEnd(url, name, () => native(name));
  }
  try {
    return untilEnd(url, name, () => loadingWhole(() => native(name)));
  } catch (error) {
    const { code } = (error ?? { code: unsaid[0] }) as NodeJS.ErrnoException;
    throw (unsaid.includes(code ?? "") && toldOfUnended()) || error;
  }
}

function untilEnd<T>(url: string, name: string, work: () => T): T {
  const load = beginLoad(url, name);
  try {
    return work();
  } finally {
    endLoad(load);
  }
}

/** What was being loaded when the interrupt came: Node takes it for loaded. */
function forgetHalves({ cache }: NodeJS.Require): void {
  for (const [file, module] of Object.entries(cache)) if (!module?.loaded) delete cache[file];
}
