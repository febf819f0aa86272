import type { CellAnalysis } from "../cells/analyzeCell.ts";
import { type CellDocument, cellDocument } from "../cells/cellDocument.ts";
import { reserved } from "../cells/reservedNames.ts";
import { type SessionName, SessionNames } from "../cells/sessionNames.ts";
import { untypedDocument } from "../cells/untypedDocument.ts";
import type { LanguageServer } from "../server/languageServer.ts";
import { preloadedModule } from "./preloadedNames.ts";

interface CellModule {
  text: string;
  /** The modules of earlier cells it imports from. */
  imports: ReadonlySet<string>;
}

/** The module through which cells reach the names of committed ones. */
export const sessionFile = `${reserved}session.ts`;

/** The next question is most likely about one of the last few cells. */
const openAhead = 8;

/**
 * The cells that ran, each a module. The server is given a module only when somebody asks about its names, or
 * when there is time: a new file makes it look through the whole program again, which a cell that needs nothing
 * of an earlier one should not wait for.
 */
export class CommittedCells {
  readonly #server: LanguageServer;
  readonly #pathOf: (file: string) => string;
  readonly #modules = new Map<string, CellModule>();
  readonly #opened = new Set<string>();
  readonly #files = new Set<string>();
  #names = new SessionNames();
  #count = 0;

  constructor(server: LanguageServer, pathOf: (file: string) => string) {
    this.#server = server;
    this.#pathOf = pathOf;
    this.#writeSession();
  }

  get names(): SessionNames {
    return this.#names;
  }

  /** Makes a cell's declarations known; those of an untyped one are `any`, for its types take too long. */
  add(
    cell: CellDocument & { analysis: CellAnalysis },
    preloaded: ReadonlyMap<string, string>,
    { isJsx, isUntyped }: { isJsx: boolean; isUntyped: boolean },
  ): void {
    const name = `${reserved}cell_${this.#count + 1}.${isJsx ? "tsx" : "ts"}`;
    const imports = new Set<string>();
    const moduleOf = (known: SessionName | undefined, isNarrowed: boolean, word: string) => {
      if (!known) return preloadedModule(word);
      const from = isNarrowed ? known.assignedIn! : known.module;
      imports.add(from);
      return `./${from}`;
    };
    const text = isUntyped
      ? untypedDocument(cell.analysis, this.#names)
      : cellDocument(cell, this.#names, preloaded, moduleOf);
    if (!this.#names.add(name, cell.code, cell.analysis, { isUntyped })) return;
    this.#count += 1;
    this.#modules.set(name, { text, imports });
    this.#forgetUnused();
    if (cell.analysis.isAmbient) this.open([name]);
  }

  /** The latest cell failed, so what its guards say need not be so. */
  withdrawGuards(): void {
    if (this.#names.withdrawGuards()) this.#writeSession();
  }

  /** Gives the server these modules and all they import. */
  open(names: Iterable<string>): void {
    const missing = [...this.#reach(names)].filter((name) => !this.#opened.has(name));
    if (missing.length === 0) return;
    for (const name of missing) this.#opened.add(name);
    // First what refers to the files, then the files: so each is found to be of the notebook's project.
    this.#writeSession();
    for (const name of missing) this.#server.write(this.#pathOf(name), this.#modules.get(name)!.text);
  }

  /** Gives the server one of the latest modules that it does not have; `false` when it has them. */
  openOne(): boolean {
    const latest = [...this.#modules.keys()].slice(-openAhead).reverse();
    const next = latest.find((name) => !this.#opened.has(name));
    if (next) this.open([next]);
    return next !== undefined;
  }

  /** A file that is not on disk, to be imported by its name. */
  addFile(name: string, source: string): void {
    this.#files.add(name);
    this.#writeSession();
    this.#server.write(this.#pathOf(name), source);
    this.#server.changed([this.#pathOf(name)], "created");
  }

  reset(): void {
    for (const name of [...this.#opened, ...this.#files]) this.#server.close(this.#pathOf(name));
    this.#opened.clear();
    this.#files.clear();
    this.#modules.clear();
    this.#names = new SessionNames();
    this.#writeSession();
  }

  /** Forgets cells nothing refers to any more, so that running a cell again and again costs no memory. */
  #forgetUnused(): void {
    const used = this.#reach(this.#names.modules());
    for (const name of [...this.#modules.keys()]) {
      if (used.has(name)) continue;
      this.#modules.delete(name);
      if (this.#opened.delete(name)) this.#server.close(this.#pathOf(name));
    }
  }

  /** The modules with all they import, those that are imported first. */
  #reach(names: Iterable<string>): Set<string> {
    const found = new Set<string>();
    const waiting = [...names];
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      if (found.has(name)) continue;
      found.add(name);
      waiting.push(...(this.#modules.get(name)?.imports ?? []));
    }
    return new Set([...found].reverse());
  }

  #writeSession(): void {
    const imports = [...this.#files].map((name) => `import "./${name}";\n`).join("");
    this.#server.write(this.#pathOf(sessionFile), imports + this.#names.moduleText(this.#opened));
  }
}
