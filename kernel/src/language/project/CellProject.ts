import { join } from "node:path";
import type { Tsconfig } from "../../tsconfig/Tsconfig.ts";
import { TsconfigFile } from "../../tsconfig/TsconfigFile.ts";
import { missingPackages, type ServerDiagnostic } from "../answers/cellDiagnostics.ts";
import { withDistantDiagnostics } from "../answers/distantDiagnostics.ts";
import { cellDocument, cellLine } from "../cells/cellDocument.ts";
import type { ReadCell } from "../cells/readCell.ts";
import { reserved } from "../cells/reservedNames.ts";
import { type Position, positionAt } from "../cells/textPosition.ts";
import type { CellReader } from "../reader/CellReader.ts";
import { type Answer, LanguageServer } from "../server/languageServer.ts";
import { ambientModule } from "./ambientModule.ts";
import { CommittedCells, sessionFile } from "./committedCells.ts";
import { InstalledPackages } from "./installedPackages.ts";
import { isOfJavaScript } from "./isOfJavaScript.ts";
import { LocalFiles } from "./localFiles.ts";
import { preloadedModule, preloadedNames } from "./preloadedNames.ts";
import { projectConfig } from "./projectConfig.ts";

/** The project's roots; committed cells are reached through the session's module. */
const files = {
  config: "tsconfig.json",
  ambient: `${reserved}ambient.d.ts`,
  session: sessionFile,
  cell: `${reserved}current.ts`,
  jsxCell: `${reserved}current_jsx.tsx`,
};

/** A check never keeps a cell waiting longer than this; the cell then runs unchecked, and says so. */
const checkTimeout = 10_000;

/** What nests so deep was written by a machine: TypeScript takes a moment for it, or very long. */
const deep = 100;
const deepCheckTimeout = 3_000;

/** Data that nests deeper is not checked: TypeScript 7 takes milliseconds for objects and arrays in turns up to 100, and hangs at 120. */
export const deepestData = 80;

/** Thrown where the types are not known; the message says why. */
export class Unchecked extends Error {}

/** What the language server sees: the notebook's folder with its configuration, the committed cells, and the current one. */
export class CellProject {
  readonly cells: CommittedCells;
  /** Names that cells use without an import. */
  preloaded: ReadonlyMap<string, string> = new Map();
  readonly #folder: string;
  readonly #server: LanguageServer;
  readonly #localFiles: LocalFiles;
  readonly #packages: InstalledPackages;
  readonly #tsconfigFile: TsconfigFile;
  #tsconfig: Tsconfig | undefined;
  #config: string;

  constructor(folder: string, reader: CellReader) {
    this.#folder = folder;
    this.#server = new LanguageServer(folder);
    this.#tsconfigFile = new TsconfigFile(folder);
    this.#localFiles = new LocalFiles(reader, this.#tsconfigFile, this.#server);
    this.#packages = new InstalledPackages(folder);
    this.#config = this.#wantedConfig();
    // First, or the server would take the others for files without a project.
    this.#server.write(this.#path(files.config), this.#config);
    this.#server.write(this.#path(files.ambient), ambientModule());
    this.#server.write(this.#path(files.cell), "export {};\n");
    this.cells = new CommittedCells(this.#server, (file) => this.#path(file));
  }

  /** Starts the server and has it read what every cell needs. */
  async start(): Promise<void> {
    this.#server.start();
    await new Promise((resolve) => setImmediate(resolve));
    this.preloaded = preloadedNames(this.#folder);
    await this.ask("textDocument/diagnostic", this.#path(files.cell), {}, checkTimeout);
  }

  /** Gives up what is being asked. */
  interrupt(): void {
    this.#server.interrupt();
  }

  dispose(): Promise<void> {
    return this.#server.dispose();
  }

  /** Forgets what the server knows when packages were installed or tsconfig.json was edited meanwhile. */
  followInstalls(): void {
    const isConfigSame = this.#tsconfigFile.read() === this.#tsconfig;
    if (this.#packages.changed() || !isConfigSame) this.#startAnew(this.#wantedConfig());
  }

  /** The user's own files behind an import, told to the server if they are new or edited. */
  reach(specifier: string): Promise<string[]> {
    return this.#localFiles.reach(specifier, this.#folder);
  }

  /** Puts the cell into the current document and says which that is. */
  show({ code, parses, isObjectLiteral, hasJsx, analysis }: ReadCell): string {
    const implied = this.impliedNames(hasJsx);
    const cell = { code, isObjectLiteral, analysis: parses ? analysis : undefined, implied };
    const needed = new Set<string>();
    const text = cellDocument(cell, this.cells.names, this.preloaded, (name, isNarrowed, word) => {
      if (!name) return preloadedModule(word);
      needed.add(isNarrowed ? name.assignedIn! : name.module);
      return `./${sessionFile}`;
    });
    this.cells.open(needed);
    const path = this.#path(hasJsx ? files.jsxCell : files.cell);
    this.#server.write(path, text);
    return path;
  }

  /** What JSX calls where tsconfig.json has it call a function by name. */
  impliedNames(hasJsx: boolean): string[] {
    const jsx = hasJsx ? this.#tsconfigFile.emit()?.jsx : undefined;
    if (jsx?.runtime !== "classic") return [];
    const { pragma = "React.createElement", pragmaFrag = "React.Fragment" } = jsx;
    return [pragma, pragmaFrag].map((name) => name.split(".", 1)[0] as string);
  }

  /** Where an offset of the cell lies in its document. */
  position(code: string, offset: number): Position {
    const { line, character } = positionAt(code, offset);
    return { line: line + cellLine, character };
  }

  /** The server's answer about a file; undefined where it takes too long. */
  ask<T>(method: string, path: string, params: object, milliseconds: number): Promise<T | undefined> {
    return this.#server.request<T>(method, path, params, milliseconds);
  }

  /** What is wrong with a file; throws where there is no answer. */
  async diagnose(path: string, milliseconds = checkTimeout): Promise<ServerDiagnostic[]> {
    const answer: Answer<{ items: ServerDiagnostic[] }> = await this.#server.ask(
      "textDocument/diagnostic",
      path,
      {},
      milliseconds,
    );
    if ("none" in answer) throw new Unchecked(answer.none);
    return answer.result.items.filter((each) => !isOfJavaScript(each, path));
  }

  /** Looks again when a package that seems missing has been installed meanwhile. */
  async diagnoseInstalled(path: string, read: ReadCell): Promise<ServerDiagnostic[]> {
    const found = await this.#diagnoseInstalled(path, read);
    const { code, analysis } = read;
    return withDistantDiagnostics(found, analysis.distant, { code, file: path, lines: cellLine });
  }

  /** What is wrong with a local file that a cell imports. */
  async diagnoseFile(path: string): Promise<ServerDiagnostic[]> {
    const { distant, code } = this.#localFiles.distantOf(path);
    return withDistantDiagnostics(await this.diagnose(path), distant, { code, file: path });
  }

  async #diagnoseInstalled(path: string, { analysis }: ReadCell): Promise<ServerDiagnostic[]> {
    if (analysis.dataDepth > deepestData) throw new Unchecked(`its data nests ${analysis.dataDepth} deep`);
    const milliseconds = analysis.depth > deep ? deepCheckTimeout : checkTimeout;
    const found = await this.diagnose(path, milliseconds);
    const missing = missingPackages(found);
    if (missing.length === 0) return found;
    const config = this.#wantedConfig();
    const manifests = missing.flatMap((name) => this.#packages.manifest(name) ?? []);
    if (config !== this.#config) this.#startAnew(config);
    else if (manifests.length > 0) this.#server.changed(manifests, "created");
    else return found;
    return await this.diagnose(path, milliseconds);
  }

  #wantedConfig(): string {
    this.#tsconfig = this.#tsconfigFile.read();
    return projectConfig(this.#folder, Object.values(files), this.#tsconfig);
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
}
