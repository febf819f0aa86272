import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { kernelModule } from "./projectConfig.ts";

const fromKernel = createRequire(import.meta.url);

/**
 * The names `isoflop` exports, with their kinds: a cell uses them without an import. They are read from its
 * declarations, so that the package itself, and its types, are loaded only once a cell names one of them.
 */
export function preloadedNames(folder: string): Map<string, string> {
  const names = new Map([["Deno", "constant"]]);
  const manifest = findManifest(folder);
  if (!manifest) return names;
  const { exports } = JSON.parse(readFileSync(manifest, "utf8")) as { exports: { ".": { types: string } } };
  readDeclarations(join(dirname(manifest), exports["."].types), undefined, names);
  return names;
}

/** Where the types of a name come from. */
export function preloadedModule(name: string): string {
  return name === "Deno" ? kernelModule("session/deno/namespace") : "isoflop";
}

function findManifest(folder: string): string | undefined {
  for (const from of [createRequire(join(folder, "cell.ts")), fromKernel]) {
    try {
      return from.resolve("isoflop/package.json");
    } catch {
      // next
    }
  }
  return undefined;
}

const reexport = /export (type )?(\*|\{([^}]*)\}) from "([^"]+)"/g;
const declaration =
  /export declare (?:abstract )?(const|let|function|class|interface|type|enum)\s+([\w$]+)|export (interface|type) ([\w$]+)/g;

/** Follows the re-exports of declarations as the compiler writes them. */
function readDeclarations(
  file: string,
  wanted: ReadonlyMap<string, string> | undefined,
  names: Map<string, string>,
): void {
  if (!existsSync(file)) return;
  const text = readFileSync(file, "utf8");
  const add = (name: string, kind: string) => {
    const exported = wanted ? wanted.get(name) : name;
    if (exported !== undefined && !names.has(exported))
      names.set(exported, kind === "const" ? "constant" : kind);
  };
  for (const [, , clause, list, specifier] of text.matchAll(reexport)) {
    const target = resolve(dirname(file), specifier!.replace(/(\.d)?\.[jt]s$/, ".d.ts"));
    if (clause === "*") {
      readDeclarations(target, wanted, names);
      continue;
    }
    const inner = new Map<string, string>();
    for (const part of list!.split(",")) {
      const [name, exported = name] = part
        .trim()
        .replace(/^type /, "")
        .split(" as ");
      const outer = name ? (wanted ? wanted.get(exported!) : exported) : undefined;
      if (outer !== undefined) inner.set(name!, outer);
    }
    if (inner.size > 0) readDeclarations(target, inner, names);
  }
  for (const [, kind, name, typeKind, typeName] of text.matchAll(declaration)) {
    add((name ?? typeName)!, (kind ?? typeKind)!);
  }
}
