import { readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { CellReader } from "../reader/CellReader.ts";

interface LocalFile {
  modified: number;
  imports: string[];
}

const sources = [".ts", ".tsx", ".mts", ".cts"];
const suffixes = [...sources, ".d.ts", ".js", ".mjs", ".cjs", ".json"];

/** The user's own files behind the imports of cells: the server is told when one of them changes on disk. */
export class LocalFiles {
  readonly #known = new Map<string, LocalFile>();
  readonly #reader: CellReader;
  readonly #changed: (paths: string[], type: "created" | "changed") => void;

  constructor(reader: CellReader, changed: (paths: string[], type: "created" | "changed") => void) {
    this.#reader = reader;
    this.#changed = changed;
  }

  /** Every TypeScript file a specifier leads to, itself first. Files that changed are reported on the way. */
  async reach(specifier: string, folder: string): Promise<string[]> {
    const found = new Set<string>();
    const waiting = [{ specifier, folder }];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const path = resolveLocal(next.specifier, next.folder);
      if (path === undefined || found.has(path)) continue;
      found.add(path);
      const { imports } = await this.#read(path);
      for (const each of imports.toReversed()) waiting.push({ specifier: each, folder: dirname(path) });
    }
    return [...found].filter(
      (path) => sources.some((each) => path.endsWith(each)) && !path.endsWith(".d.ts"),
    );
  }

  async #read(path: string): Promise<LocalFile> {
    const modified = statSync(path).mtimeMs;
    const known = this.#known.get(path);
    if (known?.modified === modified) return known;
    // A file seen for the first time may have been looked for in vain before.
    this.#changed([path], known ? "changed" : "created");
    const file = { modified, imports: path.endsWith(".json") ? [] : await this.#importsOf(path) };
    this.#known.set(path, file);
    return file;
  }

  /** None of a file that cannot be read: importing it will say why. */
  async #importsOf(path: string): Promise<string[]> {
    try {
      const { analysis } = await this.#reader.readOnce(readFileSync(path, "utf8"));
      return analysis.imports.map(({ specifier }) => specifier);
    } catch {
      return [];
    }
  }
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
