import { type CellDiagnostic, cellDiagnostics, importedDiagnostics } from "./answers/cellDiagnostics.ts";
import {
  type Completion,
  completeCell,
  intoCell,
  objectBefore,
  type ServerCompletion,
} from "./answers/completeCell.ts";
import { completeMagic } from "./answers/completeMagic.ts";
import { declarationSource, type Location } from "./answers/declarationSource.ts";
import { type Inspection, inspectCell, isUnknown, type ServerHover } from "./answers/inspectCell.ts";
import { inspectMagic } from "./answers/inspectMagic.ts";
import { placesToInspect, wordAt } from "./answers/placesToInspect.ts";
import { cannotFail } from "./cells/cannotFail.ts";
import type { Completeness } from "./cells/isComplete.ts";
import type { ReadCell } from "./cells/readCell.ts";
import { SessionNames } from "./cells/sessionNames.ts";
import type { Position } from "./cells/textPosition.ts";
import { inTime } from "./inTime.ts";
import type { Language, LanguageOptions } from "./Language.ts";
import { mayHaveMagics, readMagics } from "./magics/readMagics.ts";
import { CellProject, deepestData, Unchecked } from "./project/CellProject.ts";
import { CellReader } from "./reader/CellReader.ts";
import { ReaderProcess } from "./reader/ReaderProcess.ts";

/** A question never keeps the kernel waiting longer than this; the answer is then "nothing". */
const timeouts = { complete: 3_000, inspect: 3_000, runtime: 500 };

/** How long nothing must have happened before the server is given work ahead. */
const idleMilliseconds = 40;

const noNames = new SessionNames();

/** Answers about the cells of one session. */
export class LanguageSession implements Language {
  readonly #runtimeMembers: (expression: string) => Promise<string[]>;
  readonly #project: CellProject;
  readonly #process: ReaderProcess;
  readonly #reader: CellReader;
  /** The latest cell whose types could not be found out. */
  #untyped: string | undefined;
  #idle: NodeJS.Timeout | undefined;
  /** Questions go one after the other: they share the document of the current cell. The first one starts the server. */
  #queue: Promise<unknown> | undefined;

  constructor({ cwd, runtimeMembers, reader }: LanguageOptions) {
    this.#runtimeMembers = runtimeMembers ?? (async () => []);
    this.#process = reader ?? new ReaderProcess();
    this.#reader = new CellReader(this.#process);
    this.#project = new CellProject(cwd, this.#reader);
  }

  check(code: string): Promise<CellDiagnostic[]> {
    const reading = this.#reader.read(code);
    // Literals alone need no names, so not even a server that is still starting.
    if (!(reading instanceof Promise) && cannotFail(reading.certainty, noNames)) return Promise.resolve([]);
    return this.#enqueue(async () => {
      const read = await readable(reading);
      if (!read) return []; // the compiler says why
      try {
        return await this.#check(read);
      } catch (error) {
        if (error instanceof Unchecked) this.#untyped = code;
        throw error;
      }
    });
  }

  async #check(read: ReadCell): Promise<CellDiagnostic[]> {
    const project = this.#project;
    const session = project.cells.names;
    const { code, parses, analysis, certainty } = read;
    if (analysis.isUnchecked || cannotFail(certainty, session)) return [];
    project.followInstalls();
    const imported: { place: (typeof analysis.imports)[number]; files: string[] }[] = [];
    for (const place of analysis.imports) {
      imported.push({ place, files: await project.reach(place.specifier) });
    }
    const path = project.show(read);
    const cell = { code, parses, session };
    const found = cellDiagnostics(await project.diagnoseInstalled(path, read), cell);
    for (const { place, files } of imported) {
      for (const file of files) {
        for (const each of importedDiagnostics(await project.diagnoseFile(file), file, place, cell))
          found.push(each);
      }
    }
    return found;
  }

  commit(code: string): void {
    const reading = this.#reader.read(code);
    const isUntyped = code === this.#untyped;
    this.#untyped = undefined;
    void this.#enqueue(async () => {
      const read = await readable(reading);
      if (!read) return;
      const { cells, preloaded } = this.#project;
      const { isObjectLiteral, analysis, hasJsx } = read;
      const implied = this.#project.impliedNames(hasJsx);
      cells.add({ code, isObjectLiteral, analysis, implied }, preloaded, { isJsx: hasJsx, isUntyped });
      this.#openWhenIdle();
    });
  }

  failed(): void {
    void this.#enqueue(async () => this.#project.cells.withdrawGuards());
  }

  addModule(name: string, source: string): void {
    void this.#enqueue(async () => {
      this.#project.cells.addFile(name, source);
    });
  }

  names(): Promise<(name: string) => boolean> {
    return this.#enqueue(async () => this.#isKnown);
  }

  readonly #isKnown = (name: string): boolean =>
    this.#project.cells.names.names.has(name) || this.#project.preloaded.has(name);

  reset(): void {
    void this.#enqueue(async () => {
      this.#project.cells.reset();
    });
  }

  complete(code: string, cursor: number): Promise<Completion> {
    const magic = completeMagic(code, cursor);
    if (magic) return Promise.resolve(magic);
    if (!mayHaveMagics(code)) return this.#enqueue(() => this.#complete(code, cursor));
    return this.#enqueue(async () => {
      const { edited } = readMagics(code, this.#isKnown);
      if (edited.isReplaced(cursor))
        return { matches: [], cursorStart: cursor, cursorEnd: cursor, metadata: {} };
      const { cursorStart, cursorEnd, ...found } = await this.#complete(edited.text, edited.toText(cursor));
      return { ...found, cursorStart: edited.toSource(cursorStart), cursorEnd: edited.toSource(cursorEnd) };
    });
  }

  async #complete(code: string, cursor: number): Promise<Completion> {
    const project = this.#project;
    const read = await readable(this.#reader.read(code));
    if (!read) return { matches: [], cursorStart: cursor, cursorEnd: cursor, metadata: {} };
    const path = project.show(read);
    const list = await project.ask<{ items: ServerCompletion[] }>(
      "textDocument/completion",
      path,
      { position: project.position(code, cursor), context: { triggerKind: 1 } },
      timeouts.complete,
    );
    const items = (list?.items ?? []).map(intoCell);
    const object = items.length === 0 ? objectBefore(code, cursor) : undefined;
    const runtime = object ? await inTime(timeouts.runtime, this.#runtimeMembers(object), []) : [];
    const session = [...project.cells.names.names.values()];
    return completeCell(code, cursor, items, { session, preloaded: project.preloaded, runtime });
  }

  inspect(code: string, cursor: number, detailLevel: 0 | 1): Promise<Inspection> {
    const magic = inspectMagic(code, cursor);
    if (magic) return Promise.resolve(magic);
    return this.#enqueue(async () => {
      if (!mayHaveMagics(code)) return this.#inspect(code, cursor, detailLevel);
      const { edited } = readMagics(code, this.#isKnown);
      if (edited.isReplaced(cursor)) return { found: false, data: {} };
      return this.#inspect(edited.text, edited.toText(cursor), detailLevel);
    });
  }

  async #inspect(code: string, cursor: number, detailLevel: 0 | 1): Promise<Inspection> {
    const project = this.#project;
    const read = await readable(this.#reader.read(code));
    if (!read || read.analysis.dataDepth > deepestData) return { found: false, data: {} };
    const path = project.show(read);
    for (const at of placesToInspect(code, cursor)) {
      const position = project.position(code, at);
      const hover = await project.ask<ServerHover | null>(
        "textDocument/hover",
        path,
        { position },
        timeouts.inspect,
      );
      if (hover === undefined) break; // no answer in time; the next place is of the same cell
      if (hover === null || isUnknown(hover)) continue;
      if (detailLevel === 0) return inspectCell(hover, undefined);
      const own = project.cells.names.names.get(wordAt(code, at));
      const source = own && own.kind !== "import" ? own.source : await this.#sourceAt(path, position);
      return inspectCell(hover, source);
    }
    return { found: false, data: {} };
  }

  isComplete(code: string): Completeness | Promise<Completeness> {
    if (!mayHaveMagics(code)) return this.#reader.isComplete(code);
    return this.#enqueue(async () => {
      const { edited, isCellMagic, isAlone, failure } = readMagics(code, this.#isKnown);
      // As in IPython: an empty line ends the text below `%%name`.
      if (isCellMagic && !/\n[^\S\n]*$/.test(code)) return { status: "incomplete", indent: "" };
      if (failure || isAlone) return { status: "complete" };
      return this.#reader.isComplete(edited.text);
    });
  }

  warmUp(): void {
    this.#queue ??= this.#project.start();
  }

  interrupt(): void {
    this.#process.interrupt();
    this.#project.interrupt();
  }

  dispose(): Promise<void> {
    clearTimeout(this.#idle);
    this.#process.dispose();
    return this.#project.dispose();
  }

  /** After a cell, when no other follows at once, tells the server what will be asked about next. */
  #openWhenIdle(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      void this.#enqueue(async () => {
        if (this.#project.cells.openOne()) this.#openWhenIdle();
      });
    }, idleMilliseconds);
    this.#idle.unref();
  }

  /** The code behind a declaration file if there is some, else the declaration. */
  async #sourceAt(path: string, position: Position): Promise<string | undefined> {
    for (const method of ["custom/textDocument/sourceDefinition", "textDocument/definition"]) {
      const places = await this.#project.ask<Location[] | null>(method, path, { position }, timeouts.inspect);
      const source = await declarationSource(places ?? [], (...place) =>
        this.#reader.declarationAt(...place),
      );
      if (source) return source;
    }
    return undefined;
  }

  #enqueue<T>(task: () => Promise<T>): Promise<T> {
    this.#queue ??= this.#project.start();
    const result = this.#queue.then(task);
    this.#queue = result.catch(() => {});
    return result;
  }
}

/** Undefined for a cell that cannot be read. */
async function readable(reading: ReadCell | Promise<ReadCell>): Promise<ReadCell | undefined> {
  try {
    return await reading;
  } catch {
    return undefined;
  }
}
