import { readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import vm from "node:vm";
import { registerSource } from "../errors/sourceMaps.ts";
import { makeImportMeta } from "./importMeta.ts";
import { type Namespace, named } from "./namespace.ts";
import { resolveLocal } from "./resolveLocal.ts";
import { virtualModules } from "./virtualModules.ts";

type Import = (specifier: string, options?: { with?: Record<string, string> }) => Promise<Namespace>;
/** Makes the `import` of one file; handed in, because it needs this module in turn. */
type MakeImport = (file: string) => Import;

interface LocalModule {
  module: vm.SourceTextModule;
  stamp: string;
  /** Local files it imports, whose edits make it stale too. */
  imports: Set<string>;
}

type Compiler = typeof import("../compile/transpile.ts");
let compiler: Compiler | undefined;
const cache = new Map<string, LocalModule>();

/** Own sources, which may be edited between two imports; packages are left to Node. */
export function isLocalSource(file: string): boolean {
  if (file.includes("/node_modules/")) return false;
  if (/\.([mc]?ts|tsx|mjs|jsx)$/.test(file)) return true;
  return file.endsWith(".js") && isModulePackage(dirname(file));
}

function isModulePackage(folder: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    try {
      return (JSON.parse(readFileSync(`${at}/package.json`, "utf8")) as { type?: string }).type === "module";
    } catch {
      if (at === dirname(at)) return false;
    }
  }
}

/** Imports a local file, compiled anew when it or a local file it imports has been edited. */
export async function importLocal(file: string, makeImport: MakeImport): Promise<Namespace> {
  // Loaded when first needed: many sessions import no local file.
  compiler ??= await import("../compile/transpile.ts");
  forgetStale();
  const module = load(file, makeImport);
  if (module.status === "unlinked") await module.link(linker(makeImport));
  if (module.status !== "evaluated") await module.evaluate();
  if (module.status === "errored") throw module.error;
  return module.namespace as Namespace;
}

function stampOf(file: string): string {
  const virtual = virtualModules.get(file);
  if (virtual) return `version ${virtual.version}`;
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat ? `${stat.mtimeMs} ${stat.size}` : "gone";
}

/** Drops what was edited, what failed, and everything that imports it. */
function forgetStale(): void {
  const stale = new Set<string>();
  for (const [file, { module, stamp }] of cache) {
    if (stampOf(file) !== stamp || module.status === "errored" || module.status === "unlinked")
      stale.add(file);
  }
  for (let before = -1; before !== stale.size; ) {
    before = stale.size;
    for (const [file, { imports }] of cache) {
      if ([...imports].some((each) => stale.has(each))) stale.add(file);
    }
  }
  for (const file of stale) cache.delete(file);
}

function load(file: string, makeImport: MakeImport): vm.SourceTextModule {
  const known = cache.get(file);
  if (known) return known.module;
  const source = virtualModules.get(file)?.source ?? readFileSync(file, "utf8");
  const { code, map } = (compiler as Compiler).transpile(file, source);
  const identifier = pathToFileURL(file).href;
  registerSource(identifier, source, [map as never]);
  const importer = makeImport(file);
  const module = new vm.SourceTextModule(code, {
    identifier,
    initializeImportMeta: (meta) => void Object.assign(meta, makeImportMeta(file)),
    importModuleDynamically: ((specifier: string, _: unknown, attributes: Record<string, string>) =>
      importer(specifier, { with: attributes })) as never,
  });
  cache.set(file, { module, stamp: stampOf(file), imports: new Set() });
  importers.set(module, importer);
  return module;
}

const importers = new WeakMap<vm.Module, Import>();

function linker(makeImport: MakeImport): vm.ModuleLinker {
  return (async (specifier: string, parent: vm.Module) => {
    const file = fileURLToPath(parent.identifier);
    const local = resolveLocal(specifier, dirname(file));
    if (local && isLocalSource(local)) {
      cache.get(file)?.imports.add(local);
      return load(local, makeImport);
    }
    const importer = importers.get(parent) as Import;
    return synthetic(await importer(specifier), specifier);
  }) as vm.ModuleLinker;
}

/** A package as a module that local code can link to; CommonJS properties count as names. */
function synthetic(namespace: Namespace, identifier: string): vm.SyntheticModule {
  const fallback = namespace.default;
  const extra = typeof fallback === "object" && fallback !== null ? Object.keys(fallback) : [];
  const names = [...new Set([...Object.keys(namespace), ...extra])];
  return new vm.SyntheticModule(
    names,
    function (this: vm.SyntheticModule) {
      for (const name of names) this.setExport(name, named(namespace, name));
    },
    { identifier },
  );
}
