import { createRequire, Module } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import vm from "node:vm";
import { registerSource } from "../../errors/sourceMaps.ts";
import type { FileLoaders } from "../fileLoaders.ts";
import { makeImportMeta } from "../importMeta.ts";
import { type Namespace, named, namespaceOf } from "../namespace.ts";
import { resolveSpecifier } from "../resolve/resolveSpecifier.ts";
import { compileCommonJs, compileModule, readLocal } from "./compileLocal.ts";
import { importedJson } from "./json.ts";
import { isLocalSource } from "./localSource.ts";
import { moduleFormat } from "./moduleFormat.ts";
import { ModuleGraph } from "./moduleGraph.ts";
import { withoutHandedOnTypes } from "./typeExports.ts";

type Import = ReturnType<FileLoaders["makeImport"]>;

/** Under this name a module imports its own `require`, `__dirname` and `__filename`. */
const ownNames = "isoflop:own";

/** Loads the notebook's own files, compiled anew when they, or local files they import, have been edited. */
export class LocalModules {
  readonly #loaders: FileLoaders;
  readonly #graph: ModuleGraph;
  readonly #importers = new WeakMap<vm.Module, Import>();

  constructor(loaders: FileLoaders) {
    this.#loaders = loaders;
    this.#graph = new ModuleGraph(loaders.tsconfig);
  }

  async importFile(file: string): Promise<Namespace> {
    this.#graph.forgetStale();
    if (this.#formatOf(file) === "commonjs") return namespaceOf(this.#run(file));
    const module = this.#load(file);
    if (module.status === "unlinked") await module.link(this.#link as vm.ModuleLinker);
    if (module.status !== "evaluated") await module.evaluate();
    if (module.status === "errored") throw module.error;
    return module.namespace as Namespace;
  }

  /** The exports of a file; of one that was imported as a module, its namespace. */
  requireFile(file: string): unknown {
    this.#graph.forgetStale();
    const { module } = this.#graph.get(file) ?? {};
    if (module?.status === "evaluated") return module.namespace;
    return this.#run(file);
  }

  #formatOf(file: string) {
    return this.#graph.get(file)?.module ? "module" : moduleFormat(file, readLocal(file));
  }

  #load(file: string): vm.SourceTextModule {
    const known = this.#graph.add(file);
    if (known.module) return known.module;
    const source = readLocal(file);
    const { code, map } = compileModule(file, source, this.#loaders.tsconfig.emit());
    const identifier = pathToFileURL(file).href;
    registerSource(identifier, source, [map as never]);
    const importer = this.#loaders.makeImport(file);
    known.module = makeModule(withoutHandedOnTypes(code, file, this.#findSource), {
      identifier,
      initializeImportMeta: (meta) => void Object.assign(meta, makeImportMeta(file, this.#loaders.tsconfig)),
      importModuleDynamically: ((specifier: string, _: unknown, attributes: Record<string, string>) =>
        importer(specifier, { with: attributes })) as never,
    });
    this.#importers.set(known.module, importer);
    return known.module;
  }

  readonly #link = async (specifier: string, parent: vm.Module): Promise<vm.Module> => {
    const file = fileURLToPath(parent.identifier);
    if (specifier === ownNames) return this.#ownNames(file);
    const found = this.#find(specifier, file);
    if (found === undefined) {
      return synthetic(await (this.#importers.get(parent) as Import)(specifier), specifier);
    }
    this.#graph.connect(file, found);
    if (!isLocalSource(found)) {
      const namespace = found.endsWith(".json")
        ? importedJson(found)
        : await (this.#importers.get(parent) as Import)(specifier);
      return synthetic(namespace, specifier);
    }
    if (this.#formatOf(found) === "module") return this.#load(found);
    return synthetic(namespaceOf(this.#run(found)), specifier);
  };

  #find(specifier: string, file: string): string | undefined {
    const { tsconfig } = this.#loaders;
    const place = resolveSpecifier(specifier, { folder: dirname(file), tsconfig, kind: "import" });
    return "file" in place ? place.file : undefined;
  }

  readonly #findSource = (specifier: string, file: string) => {
    try {
      const found = this.#find(specifier, file);
      if (found === undefined || !isLocalSource(found) || !/tsx?$/.test(found)) return undefined;
      return { file: found, source: readLocal(found) };
    } catch {
      return undefined; // importing it will say why
    }
  };

  #ownNames(file: string): vm.Module {
    const values = { require: this.#loaders.makeRequire(file), __dirname: dirname(file), __filename: file };
    return synthetic(values, ownNames);
  }

  #run(file: string): unknown {
    const known = this.#graph.add(file);
    if (known.required) return known.required.exports;
    const source = readLocal(file);
    const { code, map } = compileCommonJs(file, source, this.#loaders.tsconfig.emit());
    const module = Object.assign(new Module(file), {
      filename: file,
      paths: createRequire(file).resolve.paths("x") ?? [],
    });
    known.required = module;
    try {
      this.#execute(code, module, { source, map });
    } catch (error) {
      this.#graph.delete(file);
      throw error;
    }
    module.loaded = true;
    return module.exports;
  }

  #execute(code: string, module: NodeJS.Module, { source, map }: { source: string; map: unknown }): void {
    const file = module.filename;
    const identifier = pathToFileURL(file).href;
    registerSource(identifier, source, [map as never]);
    const importer = this.#loaders.makeImport(file);
    const directive = /\.(ts|tsx|cts)$/.test(file) ? '"use strict";' : "";
    const run = vm.compileFunction(
      directive + code,
      ["exports", "require", "module", "__filename", "__dirname"],
      {
        filename: identifier,
        columnOffset: -directive.length,
        importModuleDynamically: ((specifier: string, _: unknown, attributes: Record<string, string>) =>
          importer(specifier, { with: attributes })) as never,
      },
    ) as (...own: unknown[]) => void;
    const require = this.#loaders.makeRequire(file);
    run.call(module.exports, module.exports, require, module, file, dirname(file));
  }
}

/** With the file's own `require` and `__dirname` where it mentions such a name and does not declare it. */
function makeModule(code: string, options: vm.SourceTextModuleOptions): vm.SourceTextModule {
  const names = ["require", "__dirname", "__filename"].filter((name) =>
    new RegExp(`\\b${name}\\b`).test(code),
  );
  if (names.length > 0) {
    try {
      return new vm.SourceTextModule(`${code}\nimport { ${names.join(", ")} } from "${ownNames}";`, options);
    } catch {
      // it has a name of its own, or another fault that is told without the addition
    }
  }
  return new vm.SourceTextModule(code, options);
}

/** What is no module of ours as one that local code can link to. */
function synthetic(namespace: Namespace, identifier: string): vm.SyntheticModule {
  const fallback = namespace.default;
  const hasNames = (typeof fallback === "object" && fallback !== null) || typeof fallback === "function";
  const names = [...new Set([...Object.keys(namespace), ...(hasNames ? Object.keys(fallback) : [])])];
  return new vm.SyntheticModule(
    names,
    function (this: vm.SyntheticModule) {
      for (const name of names) this.setExport(name, named(namespace, name));
    },
    { identifier },
  );
}
