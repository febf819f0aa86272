import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { pathToFileURL } from "node:url";
import { typescriptExecutable } from "../../typescript/typescriptExecutable.ts";
import { FrameReader, frame } from "./messageFraming.ts";

interface Pending {
  resolve(result: unknown): void;
  timer: NodeJS.Timeout;
}

interface Document {
  text: string;
  version: number;
}

const capabilities = {
  textDocument: {
    diagnostic: {},
    completion: {
      completionItem: { documentationFormat: ["markdown", "plaintext"], insertReplaceSupport: false },
    },
    hover: { contentFormat: ["markdown", "plaintext"] },
    definition: { linkSupport: false },
  },
  workspace: { configuration: true, didChangeWatchedFiles: { dynamicRegistration: true } },
};

/**
 * A module of the session must not become a completion that adds an import line; and the server must not run
 * `npm install` for types it would like to have.
 */
const preferences = {
  disableAutomaticTypeAcquisition: true,
  tsserver: { automaticTypeAcquisition: { enabled: false } },
  suggest: { autoImports: false },
  preferences: { includePackageJsonAutoImports: "off" },
};

/** The result of a request whose server died. */
const gone = Symbol("the server died");

/**
 * A running TypeScript server with documents that exist only in memory. When the server dies, or does not
 * answer, the request answers `undefined`, and the next one starts a new server with the same documents: a
 * notebook goes on without types rather than not at all.
 */
export class LanguageServer {
  readonly #folder: string;
  readonly #documents = new Map<string, Document>();
  readonly #pending = new Map<number, Pending>();
  #child: ChildProcessWithoutNullStreams | undefined;
  #lastId = 0;
  #startsInARow = 0;
  #disposed = false;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Sets a document's text, opening it first where needed. The same text again costs nothing. */
  write(path: string, text: string): void {
    const uri = pathToFileURL(path).href;
    const known = this.#documents.get(uri);
    if (known?.text === text) return;
    if (known === undefined) {
      this.#documents.set(uri, { text, version: 1 });
      if (this.#child) this.#open(uri, text);
      return;
    }
    known.text = text;
    known.version += 1;
    this.#notify("textDocument/didChange", {
      textDocument: { uri, version: known.version },
      contentChanges: [{ text }],
    });
  }

  close(path: string): void {
    const uri = pathToFileURL(path).href;
    if (this.#documents.delete(uri)) this.#notify("textDocument/didClose", { textDocument: { uri } });
  }

  /** Tells the server about files that changed on disk; it reads them again. */
  changed(paths: readonly string[], type: "created" | "changed" | "deleted" = "changed"): void {
    const code = { created: 1, changed: 2, deleted: 3 }[type];
    const changes = paths.map((path) => ({ uri: pathToFileURL(path).href, type: code }));
    if (changes.length > 0) this.#notify("workspace/didChangeWatchedFiles", { changes });
  }

  /** Asks about a document; `undefined` when there was no answer within the time. */
  async request<T>(method: string, path: string, params: object, timeoutMs: number): Promise<T | undefined> {
    const textDocument = { uri: pathToFileURL(path).href };
    for (let attempt = 1; attempt <= 2; attempt++) {
      if (this.#disposed || !this.start()) return undefined;
      const result = await this.#send(method, { textDocument, ...params }, timeoutMs);
      if (result !== gone) return result as T | undefined;
    }
    return undefined;
  }

  /** Starts the server if it is not running; `false` when it cannot be started. */
  start(): boolean {
    if (this.#child) return true;
    if (this.#disposed || this.#startsInARow >= 5) return false;
    this.#startsInARow += 1;
    let child: ChildProcessWithoutNullStreams;
    try {
      // Collecting earlier keeps a long session small; a cell's check allocates about 2 MB.
      const env = { GOGC: "50", ...process.env };
      child = spawn(typescriptExecutable(), ["--lsp", "--stdio"], {
        cwd: this.#folder,
        env,
        windowsHide: true,
      });
    } catch (error) {
      console.error(`isoflop: cells run unchecked: ${(error as Error).message}`);
      this.#startsInARow = Number.POSITIVE_INFINITY;
      return false;
    }
    this.#child = child;
    const reader = new FrameReader((body) => this.#receive(child, body));
    child.stdout.on("data", (chunk: Buffer) => reader.push(chunk));
    child.stderr.resume();
    for (const stream of [child.stdin, child.stdout, child.stderr]) stream.on("error", () => {});
    child.on("error", () => this.#lose(child));
    child.on("exit", () => this.#lose(child));
    const rootUri = pathToFileURL(this.#folder).href;
    const workspaceFolders = [{ uri: rootUri, name: "notebook" }];
    const initializationOptions = { disablePushDiagnostics: true };
    const client = { processId: process.pid, rootUri, workspaceFolders, capabilities, initializationOptions };
    void this.#send("initialize", client, 10_000);
    this.#notify("initialized", {});
    for (const [uri, { text }] of this.#documents) this.#open(uri, text);
    return true;
  }

  /** Ends the server; the next request starts another with the same documents. */
  stop(): void {
    const child = this.#child;
    if (!child) return;
    this.#lose(child);
    child.kill();
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    const child = this.#child;
    if (!child) return;
    const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    child.stdin.end();
    const killer = setTimeout(() => child.kill("SIGKILL"), 500);
    child.kill();
    await exited;
    clearTimeout(killer);
  }

  /** The server's process, for measurements. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  #lose(child: ChildProcessWithoutNullStreams): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    for (const id of [...this.#pending.keys()]) this.#settle(id, gone);
  }

  #open(uri: string, text: string): void {
    const languageId = uri.endsWith(".json")
      ? "jsonc"
      : uri.endsWith(".tsx")
        ? "typescriptreact"
        : "typescript";
    this.#notify("textDocument/didOpen", { textDocument: { uri, languageId, version: 1, text } });
  }

  #send(method: string, params: object, timeoutMs: number): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#notify("$/cancelRequest", { id });
        this.#settle(id, undefined);
      }, timeoutMs);
      timer.unref();
      this.#pending.set(id, { resolve, timer });
      this.#transmit({ jsonrpc: "2.0", id, method, params });
    });
  }

  #notify(method: string, params: object): void {
    this.#transmit({ jsonrpc: "2.0", method, params });
  }

  #transmit(message: object): void {
    if (this.#child?.stdin.writable) this.#child.stdin.write(frame(message));
  }

  #settle(id: number, result: unknown): void {
    const pending = this.#pending.get(id);
    if (!pending) return;
    this.#pending.delete(id);
    clearTimeout(pending.timer);
    pending.resolve(result);
  }

  #receive(child: ChildProcessWithoutNullStreams, body: Buffer): void {
    // The server logs a good deal with every change; nobody reads it, so it is not even parsed.
    if (body.subarray(0, 60).includes('"window/logMessage"')) return;
    const message = JSON.parse(body.toString("utf8"));
    if (message.method === undefined) {
      this.#startsInARow = 0;
      this.#settle(message.id, message.error ? undefined : message.result);
    } else if (message.id !== undefined && child.stdin.writable) {
      const result =
        message.method === "workspace/configuration" ? message.params.items.map(() => preferences) : null;
      child.stdin.write(frame({ jsonrpc: "2.0", id: message.id, result }));
    }
  }
}
