import { readFileSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import vm from "node:vm";
import { importFromKernel } from "./kernelModules.ts";
import { importLocal, isLocalSource } from "./localModules.ts";
import { ModuleNotFoundError } from "./moduleNotFoundError.ts";
import { type Namespace, named } from "./namespace.ts";
import { resolveLocal } from "./resolveLocal.ts";

type NativeImport = (specifier: string, options?: object) => Promise<Namespace>;

export interface Importer {
  (specifier: unknown, options?: ImportOptions): Promise<Namespace>;
  /** One named import; a CommonJS module's properties count as names. */
  named(namespace: Namespace, name: string): unknown;
}

export interface ImportOptions {
  with?: Record<string, string>;
}

const tslabShim = new URL("../tslab.js", import.meta.url).href;
/** Always the session that runs, whatever version the notebook's folder may hold. */
const ownSession = new URL("../index.js", import.meta.url).href;

/** Packages that are found beside the kernel when the notebook's folder does not have them. */
const companions = /^isoflop(-datasets|-kernel)?(\/|$)/;

/** `import` as seen from a file: relative to its folder, local TypeScript compiled on the way. */
export function makeImporter(parent: string): Importer {
  const native = nativeImport(parent);
  const require = createRequire(parent);
  const importer = async (specifier: unknown, options?: ImportOptions): Promise<Namespace> => {
    const name = String(specifier).replace(/^npm:/, "");
    const local = resolveLocal(name, dirname(parent));
    if (local?.endsWith(".json")) return importJson(local);
    if (local && isLocalSource(local)) return importLocal(local, makeImporter);
    if (local) return native(pathToFileURL(local).href);
    if (name === "tslab") return importFromKernel(tslabShim);
    if (name === "isoflop-kernel/session") return importFromKernel(ownSession);
    if (name.endsWith(".json")) return importJson(require.resolve(name));
    try {
      return await native(name, options);
    } catch (error) {
      if (!isMissing(error, name)) throw error;
      return importCompanion(name, parent, error as Error);
    }
  };
  return Object.assign(importer, { named });
}

function nativeImport(parent: string): NativeImport {
  return vm.runInThisContext("(specifier, options) => import(specifier, options)", {
    filename: parent,
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  }) as NativeImport;
}

function importJson(file: string): Namespace {
  return { default: JSON.parse(readFileSync(file, "utf8")) as unknown };
}

function isMissing(error: unknown, name: string): boolean {
  const { code, message } = error as NodeJS.ErrnoException;
  return (
    code === "ERR_MODULE_NOT_FOUND" && !/^[./]|^\w+:/.test(name) && message.includes(`'${packageName(name)}'`)
  );
}

async function importCompanion(name: string, parent: string, missing: Error): Promise<Namespace> {
  if (companions.test(name)) return importFromKernel(name);
  if (isBuiltin(name)) throw missing;
  const folder = dirname(parent);
  throw new ModuleNotFoundError(
    `cannot find package "${packageName(name)}" from ${folder}; install it with\n    %npm install ${packageName(name)}\n` +
      `in a cell, or npm install ${packageName(name)} in a terminal in that folder`,
  );
}

/** `@scope/name/sub/path` → `@scope/name`. */
export function packageName(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}
