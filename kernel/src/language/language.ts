import { join } from "node:path";
import { ambientModule } from "./ambientModule.ts";
import { analyzeCell, type CellAnalysis } from "./analyzeCell.ts";
import { cannotFail } from "./cannotFail.ts";
import {
  type CellDiagnostic,
  cellDiagnostics,
  importedDiagnostics,
  type ServerDiagnostic,
} from "./cellDiagnostics.ts";
import { cellDocument, cellLine } from "./cellDocument.ts";
import { type Completion, completeCell, objectBefore, type ServerCompletion } from "./completeCell.ts";
import { type Inspection, inspectCell, isUnknown, type ServerHover } from "./inspectCell.ts";
import { type Completeness, isComplete } from "./isComplete.ts";
import { LanguageServer } from "./languageServer.ts";
import { LocalFiles } from "./localFiles.ts";
import { type ParsedCell, parseCell } from "./parseCell.ts";
import { projectConfig } from "./projectConfig.ts";
import { reserved } from "./reservedNames.ts";
import { SessionNames } from "./sessionNames.ts";
import { positionAt } from "./textPosition.ts";

export type { CellDiagnostic } from "./cellDiagnostics.ts";
export type { Completion } from "./completeCell.ts";
export type { Inspection } from "./inspectCell.ts";
export type { Completeness } from "./isComplete.ts";

export interface Language {
  /** Checks a cell against the committed ones; commits nothing. */
  check(code: string): Promise<CellDiagnostic[]>;
  /** Makes the cell's declarations visible to later cells. */
  commit(code: string): void;
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
const timeouts = { check: 20_000, complete: 3_000, inspect: 3_000 };

/** Starts TypeScript for one session. */
export function startLanguage(options: LanguageOptions): Language {
  return new LanguageSession(options);
}

class LanguageSession implements Language {
  private readonly folder: string;
  private readonly runtimeMembers: (expression: string) => Promise<string[]>;
  private readonly server: LanguageServer;
  private readonly localFiles: LocalFiles;
  private readonly preloaded = new Map<string, string>();
  private session = new SessionNames();
  private committed = new Set<string>();
  private count = 0;
  /** Questions go one after the other: they share the document of the current cell. */
  private queue: Promise<unknown>;

  constructor({ cwd, runtimeMembers }: LanguageOptions) {
    this.folder = cwd;
    this.runtimeMembers = runtimeMembers ?? (async () => []);
    this.server = new LanguageServer(cwd);
    this.localFiles = new LocalFiles((paths, type) => this.server.changed(paths, type));
    this.server.write(this.path(files.session), this.session.moduleText(this.preloaded));
    this.server.write(this.path(files.ambient), ambientModule());
    this.server.write(this.path(files.cell), "export {};\n");
    this.server.write(this.path("tsconfig.json"), projectConfig(cwd, Object.values(files)));
    this.queue = this.loadPreloaded();
  }

  check(code: string): Promise<CellDiagnostic[]> {
    return this.enqueue(async () => {
      const { parsed, analysis } = this.read(code);
      if (analysis.isUnchecked || cannotFail(parsed, this.session)) return [];
      const imported = analysis.imports.map((each) => ({
        place: each,
        files: this.localFiles.reach(each.specifier, this.folder),
      }));
      const path = this.show(code, parsed, analysis);
      const cell = { code, parses: parsed.errors.length === 0, session: this.session };
      const found = cellDiagnostics(await this.diagnose(path), cell);
      for (const { place, files } of imported) {
        for (const file of files)
          found.push(...importedDiagnostics(await this.diagnose(file), file, place, cell));
      }
      return found;
    });
  }

  commit(code: string): void {
    void this.enqueue(async () => {
      const { parsed, analysis } = this.read(code);
      const module = `${reserved}cell_${this.count + 1}.${parsed.hasJsx ? "tsx" : "ts"}`;
      const text = this.document(code, parsed, analysis, (name, isNarrowed) => {
        if (!name) return "isoflop";
        return `./${isNarrowed ? name.assignedIn : name.module}`;
      });
      if (!this.session.add(module, code, analysis)) return;
      this.count += 1;
      this.committed.add(module);
      this.server.write(this.path(files.session), this.session.moduleText(this.preloaded));
      this.server.write(this.path(module), text);
    });
  }

  reset(): void {
    void this.enqueue(async () => {
      for (const module of this.committed) this.server.close(this.path(module));
      this.committed = new Set();
      this.session = new SessionNames();
      this.server.write(this.path(files.session), this.session.moduleText(this.preloaded));
    });
  }

  complete(code: string, cursor: number): Promise<Completion> {
    return this.enqueue(async () => {
      const { parsed, analysis } = this.read(code);
      const path = this.show(code, parsed, analysis);
      const position = this.position(code, cursor);
      const list = await this.ask<{ items: ServerCompletion[] }>(
        "textDocument/completion",
        path,
        { position, context: { triggerKind: 1 } },
        "complete",
      );
      const items = (list?.items ?? []).map(intoCell);
      const object = items.length === 0 ? objectBefore(code, cursor) : undefined;
      const runtime = object ? await this.runtimeMembers(object).catch(() => []) : [];
      const names = [...this.session.names.values()];
      return completeCell(code, cursor, items, { session: names, preloaded: this.preloaded, runtime });
    });
  }

  inspect(code: string, cursor: number, detailLevel: 0 | 1): Promise<Inspection> {
    return this.enqueue(async () => {
      const { parsed, analysis } = this.read(code);
      const path = this.show(code, parsed, analysis);
      for (const at of placesToInspect(code, cursor)) {
        const position = this.position(code, at);
        const hover = await this.ask<ServerHover | null>("textDocument/hover", path, { position }, "inspect");
        if (!hover || isUnknown(hover)) continue;
        const word = wordAt(code, at);
        const source = detailLevel === 1 ? this.session.names.get(word)?.source : undefined;
        return inspectCell(hover, source);
      }
      return { found: false, data: {} };
    });
  }

  isComplete(code: string): Completeness {
    return isComplete(code);
  }

  dispose(): Promise<void> {
    return this.server.dispose();
  }

  private async loadPreloaded(): Promise<void> {
    const path = this.path(files.cell);
    const line = 'import {  } from "isoflop";';
    this.server.write(path, line);
    const params = { position: { line: 0, character: 8 }, context: { triggerKind: 1 } };
    const list = await this.ask<{ items: ServerCompletion[] }>(
      "textDocument/completion",
      path,
      params,
      "check",
    );
    const none = completeCell("", 0, list?.items ?? [], { session: [], preloaded: new Map(), runtime: [] });
    const types = none.metadata._jupyter_types_experimental as { text: string; type: string }[];
    for (const { text, type } of types) if (type !== "keyword") this.preloaded.set(text, type);
    this.server.write(this.path(files.session), this.session.moduleText(this.preloaded));
    this.server.write(path, "export {};\n");
    await this.diagnose(path);
  }

  private async diagnose(path: string): Promise<ServerDiagnostic[]> {
    const report = await this.ask<{ items: ServerDiagnostic[] }>(
      "textDocument/diagnostic",
      path,
      {},
      "check",
    );
    return report?.items ?? [];
  }

  private path(file: string): string {
    return join(this.folder, file);
  }

  private read(code: string): { parsed: ParsedCell; analysis: CellAnalysis } {
    const parsed = parseCell(code);
    return { parsed, analysis: analyzeCell(parsed) };
  }

  private document(
    code: string,
    parsed: ParsedCell,
    analysis: CellAnalysis,
    moduleOf: Parameters<typeof cellDocument>[3],
  ): string {
    const cell = {
      code,
      isObjectLiteral: parsed.isObjectLiteral,
      analysis: parsed.errors.length === 0 ? analysis : undefined,
    };
    return cellDocument(cell, this.session, this.preloaded, moduleOf);
  }

  /** Puts the cell into the current document and says which that is. */
  private show(code: string, parsed: ParsedCell, analysis: CellAnalysis): string {
    const text = this.document(code, parsed, analysis, () => `./${files.session}`);
    const path = this.path(parsed.hasJsx ? files.jsxCell : files.cell);
    this.server.write(path, text);
    return path;
  }

  private position(code: string, offset: number) {
    const { line, character } = positionAt(code, offset);
    return { line: line + cellLine, character };
  }

  private ask<T>(
    method: string,
    path: string,
    params: object,
    kind: keyof typeof timeouts,
  ): Promise<T | undefined> {
    return this.server.request<T>(method, path, params, timeouts[kind]);
  }

  private enqueue<T>(task: () => Promise<T>): Promise<T> {
    const result = this.queue.then(task);
    this.queue = result.catch(() => {});
    return result;
  }
}

/** The project's roots; committed cells are reached through the session's module. */
const files = {
  config: "tsconfig.json",
  ambient: `${reserved}ambient.d.ts`,
  session: `${reserved}session.ts`,
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
