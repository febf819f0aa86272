import { realpathSync, statSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import { dirname, join } from "node:path";
import type { TsconfigFile } from "../../../tsconfig/TsconfigFile.ts";
import { manifestOf, packageFolder } from "./installedPackage.ts";
import { ModuleNotFoundError } from "./moduleNotFoundError.ts";
import { refuseAddress } from "./refuseAddress.ts";
import { bareSpecifier, isRegistrySpecifier, parseRegistrySpecifier } from "./registrySpecifier.ts";
import { findFile, isPath, resolveLocal } from "./resolveLocal.ts";

type PackageMaps = typeof import("resolve-pkg-maps");

const require = createRequire(import.meta.url);

/** What a specifier leads to: a file, or what Node is to find by itself. */
export type Place = { file: string } | { bare: string };

export interface From {
  /** The folder of the file that imports. */
  folder: string;
  /** The notebook's tsconfig.json, which has aliases. */
  tsconfig: TsconfigFile;
  /** How it is loaded; packages may have a file for each. */
  kind: "import" | "require";
}

/**
 * Where a specifier leads as the type checker has it: paths with the extensions that TypeScript adds or exchanges,
 * aliases of tsconfig.json, a package's own `imports`, and sources of a package that is linked, as in a workspace.
 */
export function resolveSpecifier(specifier: string, from: From): Place {
  refuseAddress(specifier);
  if (isPath(specifier)) return { file: resolveLocal(specifier, from.folder) };
  if (isRegistrySpecifier(specifier)) return ofRegistry(specifier, from);
  for (const path of from.tsconfig.read().aliases(specifier)) {
    const file = findFile(path);
    if (file !== undefined && !file.endsWith(".d.ts")) return { file };
  }
  if (specifier.startsWith("#")) return ofPackageImports(specifier, from);
  if (isBuiltin(specifier)) return { bare: specifier };
  return linkedSource(specifier, from) ?? { bare: specifier };
}

/** `npm:name@version/sub` is what is installed as `name/sub`; that the version fits is for the check to say. */
function ofRegistry(specifier: string, from: From): Place {
  const parts = parseRegistrySpecifier(specifier);
  if (!parts)
    throw new ModuleNotFoundError(`"${specifier}" does not name a package, as "npm:lodash@^4/chunk" does`);
  const bare = bareSpecifier(parts);
  // A package that is called like a module of Node's.
  const folder = isBuiltin(bare) ? packageFolder(parts.name, from.folder) : undefined;
  const file = folder && findFile(join(folder, parts.subpath));
  return file ? { file } : (linkedSource(bare, from) ?? { bare });
}

/** `#name`, which the package.json above the file says what it stands for. */
function ofPackageImports(specifier: string, from: From): Place {
  const folder = packageAround(from.folder);
  const { imports } = folder === undefined ? {} : manifestOf(folder);
  for (const target of targetsOf("resolveImports", imports, specifier, from)) {
    if (!isPath(target)) return isBuiltin(target) ? { bare: target } : resolveSpecifier(target, from);
    const file = findFile(join(folder as string, target));
    if (file !== undefined) return { file };
  }
  const where =
    folder === undefined ? "there is no package.json above it" : `see ${join(folder, "package.json")}`;
  throw new ModuleNotFoundError(
    `cannot find "${specifier}" from ${from.folder}: no "imports" leads to a file; ${where}`,
  );
}

/** TypeScript in a package that node_modules only links to, or in the package the file belongs to; else Node will do. */
function linkedSource(specifier: string, from: From): Place | undefined {
  const name = packageName(specifier);
  const folder = packageFolder(name, from.folder) ?? ownPackage(name, from.folder);
  if (folder === undefined) return undefined;
  const real = realpathSync(folder);
  if (real.includes("/node_modules/")) return undefined;
  const subpath = `.${specifier.slice(name.length)}`;
  const { exports } = manifestOf(real);
  const targets =
    exports === undefined ? [subpath] : targetsOf("resolveExports", exports, subpath.slice(2), from);
  for (const target of targets) {
    const file = findFile(join(real, target));
    if (file !== undefined) return /\.([mc]?ts|tsx)$/.test(file) ? { file } : undefined;
  }
  return undefined;
}

/** What an `import` of an installed package's `exports` finds, where Node's own search is one for `require` only. */
export function importedFile(specifier: string, from: From): string | undefined {
  const name = packageName(specifier);
  const folder = packageFolder(name, from.folder) ?? ownPackage(name, from.folder);
  const { exports } = folder === undefined ? {} : manifestOf(folder);
  if (folder === undefined || exports === undefined) return undefined;
  for (const target of targetsOf("resolveExports", exports, specifier.slice(name.length + 1), from)) {
    const file = join(folder, target);
    if (statSync(file, { throwIfNoEntry: false })?.isFile()) return realpathSync(file);
  }
  return undefined;
}

function ownPackage(name: string, folder: string): string | undefined {
  const around = packageAround(folder);
  if (around === undefined) return undefined;
  const manifest = manifestOf(around);
  return manifest.name === name && manifest.exports !== undefined ? around : undefined;
}

function packageAround(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (statSync(join(at, "package.json"), { throwIfNoEntry: false })?.isFile()) return at;
    if (dirname(at) === at) return undefined;
  }
}

/** What a map of a package.json says; nothing where it says nothing of it. */
function targetsOf(
  method: "resolveImports" | "resolveExports",
  map: unknown,
  request: string,
  { kind, tsconfig }: From,
): string[] {
  if (map === undefined || map === null) return [];
  const { customConditions = [] } = tsconfig.read().options as { customConditions?: string[] };
  const maps = require("resolve-pkg-maps") as PackageMaps;
  try {
    return maps[method](map as never, request, ["node", kind, ...customConditions]);
  } catch {
    return [];
  }
}

/** `@scope/name/sub/path` → `@scope/name`. */
export function packageName(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}
