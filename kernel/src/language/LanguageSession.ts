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
import { placesToInspect, wordAt } from "./answers/placesToInspect.ts";
import { CellReader } from "./cells/CellReader.ts";
import { cannotFail } from "./cells/cannotFail.ts";
import { type Completeness, isComplete } from "./cells/isComplete.ts";
import { SessionNames } from "./cells/sessionNames.ts";
import type { Position } from "./cells/textPosition.ts";
import { inTime } from "./inTime.ts";
import type { Language, LanguageOptions } from "./Language.ts";
import { CellProject } from "./project/CellProject.ts";

/** A question never keeps the kernel waiting longer than this; the answer is then "nothing". */
const timeouts = { complete: 3_000, inspect: 3_000, runtime: 500 };

/** How long nothing must have happened before the server is given work ahead. */
const idleMilliseconds = 40;

const noNames = new SessionNames();

/** Answers about the cells of one session. */
export class LanguageSession implements Language {
  readonly #runtimeMembers: (expression: string) => Promise<string[]>;
  readonly #project: CellProject;
  readonly #reader = new CellReader();
  #idle: NodeJS.Timeout | undefined;
  /** Questions go one after the other: they share the document of the current cell. */
  #queue: Promise<unknown>;

  constructor({ cwd, runtimeMembers }: LanguageOptions) {
    this.#runtimeMembers = runtimeMembers ?? (async () => []);
    this.#project = new CellProject(cwd);
    this.#queue = this.#project.start();
  }

  check(code: string): Promise<CellDiagnostic[]> {
    // Literals alone need no names, so not even a server that is still starting.
    if (cannotFail(this.#reader.read(code).parsed, noNames)) return Promise.resolve([]);
    return this.#enqueue(async () => {
      const project = this.#project;
      const read = this.#reader.read(code);
      const session = project.cells.names;
      if (read.analysis.isUnchecked || cannotFail(read.parsed, session)) return [];
      project.followInstalls();
      const imported = read.analysis.imports.map((place) => ({
        place,
        files: project.reach(place.specifier),
      }));
      const path = project.show(read);
      const cell = { code, parses: read.parsed.errors.length === 0, session };
      const found = cellDiagnostics(await project.diagnoseInstalled(path), cell);
      for (const { place, files } of imported) {
        for (const file of files) {
          found.push(...importedDiagnostics(await project.diagnose(file), file, place, cell));
        }
      }
      return found;
    });
  }

  commit(code: string): void {
    const { parsed, analysis } = this.#reader.read(code);
    void this.#enqueue(async () => {
      const { cells, preloaded } = this.#project;
      cells.add({ code, isObjectLiteral: parsed.isObjectLiteral, analysis }, preloaded, parsed.hasJsx);
      this.#openWhenIdle();
    });
  }

  addModule(name: string, source: string): void {
    void this.#enqueue(async () => {
      this.#project.cells.addFile(name, source);
    });
  }

  reset(): void {
    void this.#enqueue(async () => {
      this.#project.cells.reset();
    });
  }

  complete(code: string, cursor: number): Promise<Completion> {
    const magic = completeMagic(code, cursor);
    if (magic) return Promise.resolve(magic);
    return this.#enqueue(async () => {
      const project = this.#project;
      const path = project.show(this.#reader.read(code));
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
    });
  }

  inspect(code: string, cursor: number, detailLevel: 0 | 1): Promise<Inspection> {
    return this.#enqueue(async () => {
      const project = this.#project;
      const path = project.show(this.#reader.read(code));
      for (const at of placesToInspect(code, cursor)) {
        const position = project.position(code, at);
        const hover = await project.ask<ServerHover | null>(
          "textDocument/hover",
          path,
          { position },
          timeouts.inspect,
        );
        if (!hover || isUnknown(hover)) continue;
        if (detailLevel === 0) return inspectCell(hover, undefined);
        const own = project.cells.names.names.get(wordAt(code, at));
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
      const source = declarationSource(places ?? []);
      if (source) return source;
    }
    return undefined;
  }

  #enqueue<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(task);
    this.#queue = result.catch(() => {});
    return result;
  }
}
