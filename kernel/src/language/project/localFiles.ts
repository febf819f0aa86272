import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { resolveSpecifier } from "../../session/modules/resolve/resolveSpecifier.ts";
import type { TsconfigFile } from "../../tsconfig/TsconfigFile.ts";
import { type DistantImport, withBareImports } from "../cells/distantImports.ts";
import type { CellReader } from "../reader/CellReader.ts";
import type { LanguageServer } from "../server/languageServer.ts";

interface LocalFile {
  modified: number;
  imports: string[];
  distant: DistantImport[];
  /** Its text, where the server must be given another one. */
  code: string;
}

const typescript = /\.([mc]?ts|tsx)$/;

/** The user's own files behind the imports of cells: the server is told when one of them changes on disk. */
export class LocalFiles {
  readonly #known = new Map<string, LocalFile>();
  readonly #reader: CellReader;
  readonly #tsconfig: TsconfigFile;
  readonly #server: LanguageServer;

  constructor(reader: CellReader, tsconfig: TsconfigFile, server: LanguageServer) {
    this.#reader = reader;
    this.#tsconfig = tsconfig;
    this.#server = server;
  }

  /** Every TypeScript file a specifier leads to, itself first. Files that changed are reported on the way. */
  async reach(specifier: string, folder: string): Promise<string[]> {
    const found = new Set<string>();
    const waiting = [{ specifier, folder }];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const path = this.#find(next.specifier, next.folder);
      if (path === undefined || found.has(path)) continue;
      found.add(path);
      const { imports } = await this.#read(path);
      for (const each of imports.toReversed()) waiting.push({ specifier: each, folder: dirname(path) });
    }
    return [...found].filter((path) => typescript.test(path) && !path.endsWith(".d.ts"));
  }

  /** Undefined for a package, and for what cannot be found: the check says so. */
  #find(specifier: string, folder: string): string | undefined {
    try {
      const place = resolveSpecifier(specifier, { folder, tsconfig: this.#tsconfig, kind: "import" });
      return "file" in place && !place.file.includes("/node_modules/") ? place.file : undefined;
    } catch {
      return undefined;
    }
  }

  async #read(path: string): Promise<LocalFile> {
    const modified = statSync(path).mtimeMs;
    const known = this.#known.get(path);
    if (known?.modified === modified) return known;
    // A file seen for the first time may have been looked for in vain before.
    const declarations = path.replace(/\.([mc]?)jsx?$/, ".d.$1ts");
    const paths = declarations !== path && existsSync(declarations) ? [path, declarations] : [path];
    this.#server.changed(paths, known ? "changed" : "created");
    const file = { modified, ...(path.endsWith(".json") ? nothing : await this.#importsOf(path)) };
    // The server reads files itself, but for those whose imports it would not understand.
    if (file.distant.length > 0) this.#server.write(path, withBareImports(file.code, file.distant));
    else if (known && known.distant.length > 0) this.#server.close(path);
    this.#known.set(path, file);
    return file;
  }

  /** What a file imports by `npm:` and the like, and its text. */
  distantOf(path: string): Pick<LocalFile, "distant" | "code"> {
    return this.#known.get(path) ?? nothing;
  }

  /** None of a file that cannot be read: importing it will say why. */
  async #importsOf(path: string): Promise<Omit<LocalFile, "modified">> {
    try {
      const code = readFileSync(path, "utf8");
      const { analysis } = await this.#reader.readOnce(code);
      const { imports, distant } = analysis;
      const specifiers = imports.map(({ specifier }) => specifier);
      return { imports: specifiers, distant, code: distant.length > 0 ? code : "" };
    } catch {
      return nothing;
    }
  }
}

const nothing: Omit<LocalFile, "modified"> = { imports: [], distant: [], code: "" };
