import { createRequire, isBuiltin } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import vm from "node:vm";
import { TsconfigFile } from "../../tsconfig/TsconfigFile.ts";
import type { FileLoaders } from "./fileLoaders.ts";
import { importResolver } from "./importResolver.ts";
import { isModuleFile } from "./isModulePackage.ts";
import { companionFolder, importFromKernel, isCompanion, resolveFromKernel } from "./kernelModules.ts";
import { loadAtOnce } from "./loadAtOnce.ts";
import { importedJson, requiredJson } from "./local/json.ts";
import type { LocalModules } from "./local/localModules.ts";
import { isLocalSource } from "./local/localSource.ts";
import { hasNames, type Namespace, named, namespaceOf, noteEcmaScript } from "./namespace.ts";
import { requirePackage } from "./requirePackage.ts";
import { registryComplaint } from "./resolve/installedPackage.ts";
import { ModuleNotFoundError } from "./resolve/moduleNotFoundError.ts";
import { isRegistrySpecifier } from "./resolve/registrySpecifier.ts";
import { packageName, resolveSpecifier } from "./resolve/resolveSpecifier.ts";

type NativeImport = (specifier: string, options?: object) => Promise<Namespace>;

export interface Importer {
  (specifier: unknown, options?: ImportOptions): Promise<Namespace>;
  /** One named import; a CommonJS module's properties count as names. */
  named(namespace: Namespace, name: string): unknown;
}

export interface ImportOptions {
  with?: Record<string, string>;
}

// Both in the folder of the program that runs: beside the modules they came from lies another copy of them.
const tslabShim = new URL("../program/tslab.js", import.meta.url).href;
/** Always the session that runs, whatever version the notebook's folder may hold. */
const ownSession = new URL("../program/index.js", import.meta.url).href;

/** `import` and `require` as the notebook and its local files see them. */
export class Loaders implements FileLoaders {
  readonly tsconfig: TsconfigFile;
  /** What `require` gives for a name that is no package. */
  readonly #shims: Readonly<Record<string, unknown>>;
  readonly #told = new Set<string>();
  #local: LocalModules | undefined;

  /** @param folder - the notebook's */
  constructor(folder: string, shims: Readonly<Record<string, unknown>> = {}) {
    this.tsconfig = new TsconfigFile(folder);
    this.#shims = shims;
  }

  /** Local files can be required from then on; loaded when first needed, for it brings a compiler. */
  async prepare(): Promise<LocalModules> {
    if (!this.#local) {
      const { LocalModules } = await import("./local/localModules.ts");
      this.#local ??= new LocalModules(this);
    }
    return this.#local;
  }

  /** `import` as seen from a file: relative to its folder, local TypeScript compiled on the way. */
  makeImport(parent: string): Importer {
    const folder = dirname(parent);
    const native = nativeImport(parent);
    const require = createRequire(parent);
    const fromPackage = async (name: string, options: ImportOptions | undefined, shownName: string) => {
      // With attributes Node may refuse it; then nothing of it is to run.
      const isPlain = options?.with === undefined && !isBuiltin(name);
      const namespace = await (isPlain
        ? loadAtOnce(name, parent, (wanted) => native(wanted))
        : native(name, options));
      return withAllNames(namespace, () => fileOf(name, parent), shownName);
    };
    const importer = async (specifier: unknown, options?: ImportOptions): Promise<Namespace> => {
      const text = String(specifier);
      if (isRegistrySpecifier(text)) this.#tellVersion(text, folder);
      const place = resolveSpecifier(text, { folder, tsconfig: this.tsconfig, kind: "import" });
      if ("file" in place) {
        if (place.file.endsWith(".json")) return importedJson(place.file);
        if (isLocalSource(place.file)) return (await this.prepare()).importFile(place.file);
        const [query = ""] = place.file.endsWith(text) ? [] : (/[?#].*$/.exec(text) ?? []);
        return fromPackage(pathToFileURL(place.file).href + query, options, text);
      }
      const name = place.bare;
      if (name === "tslab") return importFromKernel(tslabShim);
      if (name === "isoflop-kernel/session") return importFromKernel(ownSession);
      if (name.endsWith(".json")) return importedJson(require.resolve(name));
      try {
        return await fromPackage(name, options, text);
      } catch (error) {
        const file = packageFile(error, name, require);
        if (file !== undefined) return fromPackage(pathToFileURL(file).href, undefined, text);
        if (!isMissing(error, name)) throw error;
        return importCompanion(name, text, folder, error as Error);
      }
    };
    return Object.assign(importer, { named });
  }

  /** `require` as seen from a file. */
  makeRequire(parent: string): NodeJS.Require {
    const native = createRequire(parent);
    const folder = dirname(parent);
    const find = (specifier: string) => {
      try {
        return resolveSpecifier(specifier, { folder, tsconfig: this.tsconfig, kind: "require" });
      } catch (error) {
        throw Object.assign(error as Error, { code: "MODULE_NOT_FOUND" });
      }
    };
    const require = (specifier: string): unknown => {
      if (isBuiltin(specifier)) return native(specifier);
      if (isRegistrySpecifier(specifier)) this.#tellVersion(specifier, folder);
      const place = find(specifier);
      if ("file" in place) {
        if (place.file.endsWith(".json")) return requiredJson(place.file);
        return this.#local && isLocalSource(place.file)
          ? this.#local.requireFile(place.file)
          : native(place.file);
      }
      if (place.bare in this.#shims) return this.#shims[place.bare];
      try {
        return requirePackage(place.bare, native);
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        if (code !== "MODULE_NOT_FOUND" || !message.includes(`'${place.bare}'`)) throw error;
        // What an import finds beside the kernel, require() finds there too.
        const companion = companionFile(place.bare);
        if (companion !== undefined) return native(companion);
        throw Object.assign(missingPackage(specifier, place.bare, folder), { code });
      }
    };
    const resolve = (specifier: string, options?: { paths?: string[] }): string => {
      if (options?.paths || isBuiltin(specifier)) return native.resolve(specifier, options);
      const place = find(specifier);
      if ("file" in place) return place.file;
      try {
        return native.resolve(place.bare);
      } catch (error) {
        const companion = isMissing(error, place.bare) ? companionFile(place.bare) : undefined;
        if (companion === undefined) throw error;
        return companion;
      }
    };
    return Object.assign(require, native, { resolve: Object.assign(resolve, native.resolve) });
  }

  /** What an unchecked cell, or a computed specifier, would not hear: that another version is installed. */
  #tellVersion(specifier: string, folder: string): void {
    if (this.#told.has(specifier)) return;
    this.#told.add(specifier);
    const complaint = registryComplaint(specifier, folder, companionFolder);
    if (complaint?.includes("is installed in")) process.stderr.write(`${complaint}\n`);
  }
}

function nativeImport(parent: string): NativeImport {
  return vm.runInThisContext("(specifier, options) => import(specifier, options)", {
    filename: parent,
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  }) as NativeImport;
}

/** What Node has loaded of a CommonJS module with all its names. */
function withAllNames(namespace: Namespace, fileOf: () => string | undefined, shownName: string): Namespace {
  if (!hasNames(namespace)) return namespace; // it exports `then`, and is what that gave
  const exports = namespace.default;
  if (!hasNames(exports)) return noteEcmaScript(namespace, shownName);
  const file = fileOf();
  return file !== undefined && isCommonJs(exports, file) ? namespaceOf(exports) : namespace;
}

/** The file that an import finds. */
function fileOf(name: string, parent: string): string | undefined {
  if (isBuiltin(name)) return undefined;
  try {
    const url = name.startsWith("file:") ? name : importResolver(parent)?.(name);
    return url === undefined ? createRequire(parent).resolve(name) : fileURLToPath(url);
  } catch {
    return undefined; // no file, as of `data:`
  }
}

/** A module may hand on as its default export what a CommonJS file exports, beside names of its own. */
function isCommonJs(exports: object, file: string): boolean {
  return !isModuleFile(file) && createRequire(file).cache[file]?.exports === exports;
}

function isMissing(error: unknown, name: string): boolean {
  if (!(error instanceof Error)) return false; // a module may throw anything
  const { code, message } = error as NodeJS.ErrnoException;
  return (
    /^(ERR_)?MODULE_NOT_FOUND$/.test(code ?? "") &&
    !/^[./]|^\w+:/.test(name) &&
    message.includes(`'${packageName(name)}'`)
  );
}

/** `lodash/chunk` as `require` finds it, which adds the extension; so does the type checker. */
function packageFile(error: unknown, name: string, require: NodeJS.Require): string | undefined {
  const code = (error as NodeJS.ErrnoException | null | undefined)?.code;
  const isFile = code === "ERR_MODULE_NOT_FOUND" || code === "ERR_UNSUPPORTED_DIR_IMPORT";
  if (!isFile || name === packageName(name)) return undefined;
  try {
    return require.resolve(name);
  } catch {
    return undefined;
  }
}

async function importCompanion(
  name: string,
  specifier: string,
  folder: string,
  missing: Error,
): Promise<Namespace> {
  if (isCompanion(packageName(name))) return importFromKernel(name);
  throw isBuiltin(name) ? missing : missingPackage(specifier, name, folder);
}

function companionFile(name: string): string | undefined {
  return isCompanion(packageName(name)) ? resolveFromKernel(name) : undefined;
}

function missingPackage(specifier: string, bare: string, folder: string): ModuleNotFoundError {
  const complaint = isRegistrySpecifier(specifier) ? registryComplaint(specifier, folder) : undefined;
  const name = packageName(bare);
  return new ModuleNotFoundError(
    complaint ??
      `cannot find package "${name}" from ${folder}; install it with\n    %npm install ${name}\n` +
        `in a cell, or npm install ${name} in a terminal in that folder`,
  );
}
