import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { parseSync } from "oxc-parser";
import { resolveFromKernel } from "./kernelModules.ts";
import type { Namespace } from "./namespace.ts";
import { isDeclared } from "./sessionScope.ts";

const helpers = "isoflop";

/**
 * The names `isoflop` exports, usable in cells without an import line. Only their names are read, once; the
 * package itself is loaded by the first cell that mentions one.
 */
export class PreloadedHelpers {
  readonly #notebook: string;
  readonly #load: (specifier: string) => Promise<Namespace>;
  #names: Set<string> | undefined;
  #isLoaded = false;

  constructor(notebook: string, load: (specifier: string) => Promise<Namespace>) {
    this.#notebook = notebook;
    this.#load = load;
  }

  /** Loads the helpers if code mentions one that neither the session nor the cell itself declares. */
  async provideFor(code: string, ownNames: ReadonlySet<string>): Promise<void> {
    if (this.#isLoaded) return;
    this.#names ??= this.#readNames();
    const mentions = mentionedNames(code);
    const isHelper = (name: string) =>
      this.#names?.has(name) && !ownNames.has(name) && !isDeclared(name) && !(name in globalThis);
    if (!mentions.some(isHelper)) return;
    this.#isLoaded = true;
    const namespace = await this.#load(helpers);
    for (const [name, value] of Object.entries(namespace)) {
      if (name in globalThis || name === "default") continue;
      Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
    }
  }

  #readNames(): Set<string> {
    try {
      return new Set(exportedNames(this.#resolve()));
    } catch {
      return new Set(); // no helpers here: nothing to preload
    }
  }

  #resolve(): string {
    try {
      return createRequire(this.#notebook).resolve(helpers);
    } catch {
      return resolveFromKernel(helpers) ?? helpers;
    }
  }
}

/** Words of code that are neither in a string nor the name of a property. */
function mentionedNames(code: string): string[] {
  const withoutStrings = code.replace(/"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\/\/.*/g, '""');
  const words = withoutStrings.matchAll(/(\.{3}|\.|\b)\s*([A-Za-z_$][\w$]*)/g);
  return [...words].flatMap(([, before, word]) => (before === "." ? [] : [word as string]));
}

/** The names a module exports, found without running it; `export *` is followed. */
function exportedNames(file: string): string[] {
  const { module } = parseSync(file, readFileSync(file, "utf8"), { sourceType: "module", lang: "js" });
  return module.staticExports
    .flatMap(({ entries }) => entries)
    .flatMap(({ exportName, moduleRequest }) => {
      if (exportName.name) return [exportName.name];
      return moduleRequest ? exportedNames(join(dirname(file), moduleRequest.value)) : [];
    });
}
