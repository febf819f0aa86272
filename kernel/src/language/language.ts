import { join } from "node:path";
import { ambientModule } from "./ambientModule.ts";
import { analyzeCell, type CellAnalysis } from "./analyzeCell.ts";
import { cannotFail } from "./cannotFail.ts";
import {
  type CellDiagnostic,
  cellDiagnostics,
  importedDiagnostics,
  missingPackages,
  type ServerDiagnostic,
} from "./cellDiagnostics.ts";
import { cellDocument, cellLine } from "./cellDocument.ts";
import { CommittedCells, sessionFile } from "./committedCells.ts";
import { type Completion, completeCell, objectBefore, type ServerCompletion } from "./completeCell.ts";
import { completeMagic } from "./completeMagic.ts";
import { declarationSource, type Location } from "./declarationSource.ts";
import { type Inspection, inspectCell, isUnknown, type ServerHover } from "./inspectCell.ts";
import { InstalledPackages } from "./installedPackages.ts";
import { type Completeness, isComplete } from "./isComplete.ts";
import { LanguageServer } from "./languageServer.ts";
import { LocalFiles } from "./localFiles.ts";
import { type ParsedCell, parseCell } from "./parseCell.ts";
import { preloadedNames } from "./preloadedNames.ts";
import { projectConfig } from "./projectConfig.ts";
import { reserved } from "./reservedNames.ts";
import { SessionNames } from "./sessionNames.ts";
import { type Position, positionAt } from "./textPosition.ts";

export type { CellDiagnostic } from "./cellDiagnostics.ts";
export type { Completion } from "./completeCell.ts";
export type { Inspection } from "./inspectCell.ts";
export type { Completeness } from "./isComplete.ts";

export interface Language {
  /** Checks a cell against the committed ones; commits nothing. */
  check(code: string): Promise<CellDiagnostic[]>;
  /** Makes the cell's declarations visible to later cells. */
  commit(code: string): void;
  /** A file that exists in memory only, for later imports; `name` is relative to the notebook's folder. */
  addModule(name: string, source: string): void;
  /** Forgets all cells. */
  reset(): void;
  /** Completions at an offset in UTF-16 units. */
  complete(code: string, cursor: number): Promise<Completion>;
  /** Signature and documentation of what stands at an offset in UTF-16 units; with level 1 its source too. */
  inspect(code: string, cursor: number, detailLevel: 0 | 1): Promise<Inspection>;
  isComplete(code: string): Completeness;
  dispose(): Promise<void>;
}

export interface LanguageOptions {
  /** The notebook's folder. */
  cwd: string;
  /** Members a value has while the session runs; asked only where the types know none. */
  runtimeMembers?: (expression: string) => Promise<string[]>;
}

/** A question never keeps the kernel waiting longer than this; the answer is then "nothing". */
const timeouts = { check: 20_000, complete: 3_000, inspect: 3_000, runtime: 500 };

/** How long nothing must have happened before the server is given work ahead. */
const idleMilliseconds = 40;

const noNames = new SessionNames();

/** Starts TypeScript for one session. */
export function startLanguage(options: LanguageOptions): Language {
  return new LanguageSession(options);
}

class LanguageSession implements Language {
  readonly #folder: string;
  readonly #runtimeMembers: (expression: string) => Promise<string[]>;
  readonly #server: LanguageServer;
  readonly #localFiles: LocalFiles;
  readonly #packages: InstalledPackages;
  readonly #cells: CommittedCells;
  #preloaded: ReadonlyMap<string, string> = new Map();
  #config: string;
  #idle: NodeJS.Timeout | undefined;
  #lastRead: { code: string; parsed: ParsedCell; analysis: CellAnalysis } | undefined;
  /** Questions go one after the other: they share the document of the current cell. */
  #queue: Promise<unknown>;

  constructor({ cwd, runtimeMembers }: LanguageOptions) {
    this.#folder = cwd;
    this.#runtimeMembers = runtimeMembers ?? (async () => []);
    this.#server = new LanguageServer(cwd);
    this.#localFiles = new LocalFiles((paths, type) => this.#server.changed(paths, type));
    this.#packages = new InstalledPackages(cwd);
    this.#config = projectConfig(cwd, Object.values(files));
    // First, or the server would take the others for files without a project.
    this.#server.write(this.#path(files.config), this.#config);
    this.#server.write(this.#path(files.ambient), ambientModule());
    this.#server.write(this.#path(files.cell), "export {};\n");
    this.#cells = new CommittedCells(this.#server, (file) => this.#path(file));
    this.#queue = this.#prepare();
  }

  check(code: string): Promise<CellDiagnostic[]> {
    // Literals alone need no names, so not even a server that is still starting.
    if (cannotFail(this.#read(code).parsed, noNames)) return Promise.resolve([]);
    return this.#enqueue(async () => {
      const { parsed, analysis } = this.#read(code);
      if (analysis.isUnchecked || cannotFail(parsed, this.#cells.names)) return [];
      if (this.#packages.changed()) this.#startAnew(projectConfig(this.#folder, Object.values(files)));
      const imported = analysis.imports.map((each) => ({
        place: each,
        files: this.#localFiles.reach(each.specifier, this.#folder),
      }));
      const path = this.#show(code, parsed, analysis);
      const cell = { code, parses: parsed.errors.length === 0, session: this.#cells.names };
      const found = cellDiagnostics(await this.#diagnoseInstalled(path), cell);
      for (const { place, files } of imported) {
        for (const file of files)
          found.push(...importedDiagnostics(await this.#diagnose(file), file, place, cell));
      }
      return found;
    });
  }

  commit(code: string): void {
    const { parsed, analysis } = this.#read(code);
    void this.#enqueue(async () => {
      const cell = { code, isObjectLiteral: parsed.isObjectLiteral, analysis };
      this.#cells.add(cell, this.#preloaded, parsed.hasJsx);
      this.#openWhenIdle();
    });
  }

  addModule(name: string, source: string): void {
    void this.#enqueue(async () => {
      this.#cells.addFile(name, source);
    });
  }

  reset(): void {
    void this.#enqueue(async () => {
      this.#cells.reset();
    });
  }

  complete(code: string, cursor: number): Promise<Completion> {
    const magic = completeMagic(code, cursor);
    if (magic) return Promise.resolve(magic);
    return this.#enqueue(async () => {
      const { parsed, analysis } = this.#read(code);
      const path = this.#show(code, parsed, analysis);
      const position = this.#position(code, cursor);
      const list = await this.#ask<{ items: ServerCompletion[] }>(
        "textDocument/completion",
        path,
        { position, context: { triggerKind: 1 } },
        "complete",
      );
      const items = (list?.items ?? []).map(intoCell);
      const object = items.length === 0 ? objectBefore(code, cursor) : undefined;
      const runtime = object ? await within(timeouts.runtime, this.#runtimeMembers(object), []) : [];
      const names = [...this.#cells.names.names.values()];
      return completeCell(code, cursor, items, { session: names, preloaded: this.#preloaded, runtime });
    });
  }

  inspect(code: string, cursor: number, detailLevel: 0 | 1): Promise<Inspection> {
    return this.#enqueue(async () => {
      const { parsed, analysis } = this.#read(code);
      const path = this.#show(code, parsed, analysis);
      for (const at of placesToInspect(code, cursor)) {
        const position = this.#position(code, at);
        const hover = await this.#ask<ServerHover | null>(
          "textDocument/hover",
          path,
          { position },
          "inspect",
        );
        if (!hover || isUnknown(hover)) continue;
        const word = wordAt(code, at);
        const own = this.#cells.names.names.get(word);
        if (detailLevel === 0) return inspectCell(hover, undefined);
        const source = own && own.kind !== "import" ? own.source : await this.#sourceAt(path, position);
        return inspectCell(hover, source);
      }
      return { found: false, data: {} };
    });
  }

  isComplete(code: string): Completeness {
    return isComplete(code);
  }

  dispose(): Promise<void> {
    clearTimeout(this.#idle);
    return this.#server.dispose();
  }

  async #prepare(): Promise<void> {
    this.#server.start();
    await new Promise((resolve) => setImmediate(resolve));
    this.#preloaded = preloadedNames(this.#folder);
    await this.#diagnose(this.#path(files.cell));
  }

  /** After a cell, when no other follows at once, tells the server what will be asked about next. */
  #openWhenIdle(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      void this.#enqueue(async () => {
        if (this.#cells.openOne()) this.#openWhenIdle();
      });
    }, idleMilliseconds);
    this.#idle.unref();
  }

  /** The code behind a declaration file if there is some, else the declaration. */
  async #sourceAt(path: string, position: Position): Promise<string | undefined> {
    for (const method of ["custom/textDocument/sourceDefinition", "textDocument/definition"]) {
      const places = await this.#ask<Location[] | null>(method, path, { position }, "inspect");
      const source = declarationSource(places ?? []);
      if (source) return source;
    }
    return undefined;
  }

  async #diagnose(path: string): Promise<ServerDiagnostic[]> {
    const report = await this.#ask<{ items: ServerDiagnostic[] }>(
      "textDocument/diagnostic",
      path,
      {},
      "check",
    );
    return report?.items ?? [];
  }

  /** Looks again when a package that seems missing has been installed meanwhile. */
  async #diagnoseInstalled(path: string): Promise<ServerDiagnostic[]> {
    const found = await this.#diagnose(path);
    const missing = missingPackages(found);
    if (missing.length === 0) return found;
    const config = projectConfig(this.#folder, Object.values(files));
    const manifests = missing.flatMap((name) => this.#packages.manifest(name) ?? []);
    if (config !== this.#config) this.#startAnew(config);
    else if (manifests.length > 0) this.#server.changed(manifests, "created");
    else return found;
    return await this.#diagnose(path);
  }

  /** An installed package may be another version, or be typed now: nothing the server remembers of it holds. */
  #startAnew(config: string): void {
    this.#server.stop();
    this.#config = config;
    this.#server.write(this.#path(files.config), config);
  }

  #path(file: string): string {
    return join(this.#folder, file);
  }

  /** A cell is read to check it and again to commit it. */
  #read(code: string): { parsed: ParsedCell; analysis: CellAnalysis } {
    if (this.#lastRead?.code !== code) {
      const parsed = parseCell(code);
      this.#lastRead = { code, parsed, analysis: analyzeCell(parsed) };
    }
    return this.#lastRead;
  }

  /** Puts the cell into the current document and says which that is. */
  #show(code: string, parsed: ParsedCell, analysis: CellAnalysis): string {
    const { isObjectLiteral, errors, hasJsx } = parsed;
    const cell = { code, isObjectLiteral, analysis: errors.length === 0 ? analysis : undefined };
    const needed = new Set<string>();
    const text = cellDocument(cell, this.#cells.names, this.#preloaded, (name, isNarrowed) => {
      if (!name) return "isoflop";
      needed.add(isNarrowed ? name.assignedIn! : name.module);
      return `./${sessionFile}`;
    });
    this.#cells.open(needed);
    const path = this.#path(hasJsx ? files.jsxCell : files.cell);
    this.#server.write(path, text);
    return path;
  }

  #position(code: string, offset: number) {
    const { line, character } = positionAt(code, offset);
    return { line: line + cellLine, character };
  }

  #ask<T>(method: string, path: string, params: object, kind: keyof typeof timeouts): Promise<T | undefined> {
    return this.#server.request<T>(method, path, params, timeouts[kind]);
  }

  #enqueue<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(task);
    this.#queue = result.catch(() => {});
    return result;
  }
}

/** The project's roots; committed cells are reached through the session's module. */
const files = {
  config: "tsconfig.json",
  ambient: `${reserved}ambient.d.ts`,
  session: sessionFile,
  cell: `${reserved}current.ts`,
  jsxCell: `${reserved}current_jsx.tsx`,
};

function intoCell(item: ServerCompletion): ServerCompletion {
  const { textEdit } = item;
  if (!textEdit) return item;
  const { start, end } = textEdit.range;
  const up = ({ line, character }: typeof start) => ({ line: line - cellLine, character });
  return { ...item, textEdit: { ...textEdit, range: { start: up(start), end: up(end) } } };
}

/** At the cursor, just before it, and, inside the parentheses of a call, what is called. */
function placesToInspect(code: string, cursor: number): number[] {
  const callee = /[\p{ID_Continue}$]\s*\([^()]*$/u.exec(code.slice(0, cursor));
  return [cursor, cursor - 1, ...(callee ? [callee.index] : [])].filter((at) => at >= 0);
}

function wordAt(code: string, offset: number): string {
  const before = /[\p{ID_Continue}$]*$/u.exec(code.slice(0, offset))?.[0] ?? "";
  return before + (/^[\p{ID_Continue}$]*/u.exec(code.slice(offset))?.[0] ?? "");
}

/** What a promise gives, or something else if it fails or takes too long. */
async function within<T>(milliseconds: number, promise: Promise<T>, otherwise: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(resolve, milliseconds, otherwise);
  });
  const result = await Promise.race([promise.catch(() => otherwise), late]);
  clearTimeout(timer);
  return result;
}
