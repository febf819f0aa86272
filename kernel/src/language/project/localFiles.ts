import { readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { analyzeCell } from "../cells/analyzeCell.ts";
import { parseCell } from "../cells/parseCell.ts";

interface LocalFile {
  modified: number;
  imports: string[];
}

const sources = [".ts", ".tsx", ".mts", ".cts"];
const suffixes = [...sources, ".d.ts", ".js", ".mjs", ".cjs", ".json"];

/** The user's own files behind the imports of cells: the server is told when one of them changes on disk. */
export class LocalFiles {
  readonly #known = new Map<string, LocalFile>();
  readonly #changed: (paths: string[], type: "created" | "changed") => void;

  constructor(changed: (paths: string[], type: "created" | "changed") => void) {
    this.#changed = changed;
  }

  /** Every TypeScript file a specifier leads to, itself first. Files that changed are reported on the way. */
  reach(specifier: string, folder: string): string[] {
    const found = new Set<string>();
    this.#visit(specifier, folder, found);
    return [...found].filter(
      (path) => sources.some((each) => path.endsWith(each)) && !path.endsWith(".d.ts"),
    );
  }

  #visit(specifier: string, folder: string, found: Set<string>): void {
    const path = resolveLocal(specifier, folder);
    if (path === undefined || found.has(path)) return;
    found.add(path);
    for (const each of this.#read(path).imports) this.#visit(each, dirname(path), found);
  }

  #read(path: string): LocalFile {
    const modified = statSync(path).mtimeMs;
    const known = this.#known.get(path);
    if (known?.modified === modified) return known;
    // A file seen for the first time may have been looked for in vain before.
    this.#changed([path], known ? "changed" : "created");
    const file = { modified, imports: path.endsWith(".json") ? [] : importsOf(path) };
    this.#known.set(path, file);
    return file;
  }
}

function importsOf(path: string): string[] {
  return analyzeCell(parseCell(readFileSync(path, "utf8"))).imports.map(({ specifier }) => specifier);
}

function resolveLocal(specifier: string, folder: string): string | undefined {
  if (!/^(\.{0,2}\/|\.{1,2}$|file:)/.test(specifier)) return undefined;
  const path = specifier.startsWith("file:") ? fileURLToPath(specifier) : resolve(folder, specifier);
  const withoutJs = path.replace(/\.([mc]?)js$/, ".$1ts");
  const candidates = [
    path,
    withoutJs,
    ...suffixes.map((each) => path + each),
    ...suffixes.map((each) => `${path}/index${each}`),
  ];
  return candidates.find((each) => statSync(each, { throwIfNoEntry: false })?.isFile());
}
