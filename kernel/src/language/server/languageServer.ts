import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { pathToFileURL } from "node:url";
import { killChild } from "../../session/processes/killChild.ts";
import { residentMemory } from "../../session/processes/residentMemory.ts";
import { typescriptExecutable } from "../../typescript/typescriptExecutable.ts";
import { capabilities, preferences } from "./clientSettings.ts";
import { FrameReader, frame } from "./messageFraming.ts";
import { type Notification, OpenDocuments } from "./OpenDocuments.ts";

interface Pending {
  resolve(answer: Answer): void;
  timer: NodeJS.Timeout;
}

/** What came of a request: its result, or why there is none. */
export type Answer<T = unknown> = { result: T } | { none: string; isLost?: boolean };

/** A request whose server died is asked again of the next one, but no more often than this. */
const mostAttempts = 3;

/** So long a server may take to give up a request that was cancelled; then it is replaced. */
const giveUpMilliseconds = 500;

/** A server that cannot live, because its file is broken or memory is short, is not started again and again. */
const mostStartsInARow = 5;
const pauseMilliseconds = 10_000;

/** Some 100 MB is usual. More than this would take the memory from the notebook's own work. */
const mostMemory = 2e9;
const memoryLookMilliseconds = 250;

/**
 * A running TypeScript server with documents that exist only in memory. When the server dies its requests are
 * asked again of a new one with the same documents; one that does not answer in time, does not let go of a
 * request that was cancelled, or takes too much memory is replaced. A notebook goes on without types rather
 * than not at all, and is told why.
 */
export class LanguageServer {
  readonly #folder: string;
  readonly #mostMemory: number;
  readonly #documents = new OpenDocuments();
  readonly #pending = new Map<number, Pending>();
  #child: ChildProcessWithoutNullStreams | undefined;
  #lastId = 0;
  #startsInARow = 0;
  #lastStart = 0;
  #disposed = false;
  #memoryWatch: NodeJS.Timeout | undefined;

  constructor(folder: string, memory = mostMemory) {
    this.#folder = folder;
    this.#mostMemory = memory;
  }

  /** Sets a document's text, opening it first where needed. The same text again costs nothing. */
  write(path: string, text: string): void {
    this.#tell(this.#documents.write(path, text));
  }

  close(path: string): void {
    this.#tell(this.#documents.close(path));
  }

  /** Tells the server about files that changed on disk; it reads them again. */
  changed(paths: readonly string[], type: "created" | "changed" | "deleted" = "changed"): void {
    const code = { created: 1, changed: 2, deleted: 3 }[type];
    const changes = paths.map((path) => ({ uri: pathToFileURL(path).href, type: code }));
    if (changes.length > 0) this.#tell({ method: "workspace/didChangeWatchedFiles", params: { changes } });
  }

  /** Asks about a document; `undefined` when there was no answer within the time. */
  async request<T>(method: string, path: string, params: object, timeoutMs: number): Promise<T | undefined> {
    const answer = await this.ask<T>(method, path, params, timeoutMs);
    return "result" in answer ? answer.result : undefined;
  }

  /** Asks about a document; says why where there is no answer. */
  async ask<T>(method: string, path: string, params: object, timeoutMs: number): Promise<Answer<T>> {
    const textDocument = { uri: pathToFileURL(path).href };
    let answer: Answer = { none: "TypeScript could not be started" };
    for (let attempt = 1; attempt <= mostAttempts; attempt++) {
      if (this.#disposed || !this.start()) break;
      answer = await this.#send(method, { textDocument, ...params }, timeoutMs);
      if (!("none" in answer && answer.isLost)) break;
    }
    return answer as Answer<T>;
  }

  /** Gives up all that is asked; a server that does not let go is replaced. */
  interrupt(): void {
    for (const id of [...this.#pending.keys()]) this.#cancel(id, "it was interrupted");
  }

  /** Starts the server if it is not running; `false` when it cannot be started. */
  start(): boolean {
    if (this.#child) return true;
    if (this.#disposed) return false;
    if (this.#startsInARow >= mostStartsInARow) {
      if (Date.now() - this.#lastStart < pauseMilliseconds) return false;
      this.#startsInARow = 0;
    }
    this.#startsInARow += 1;
    this.#lastStart = Date.now();
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
      this.#startsInARow = mostStartsInARow;
      this.#lastStart = Number.POSITIVE_INFINITY;
      return false;
    }
    if (!child.stdout) {
      child.on("error", () => {}); // too many open files: no pipes, and Node says so as an event; tried again later
      return false;
    }
    this.#child = child;
    const reader = new FrameReader((body) => this.#receive(child, body));
    child.stdout.on("data", (chunk: Buffer) => {
      try {
        reader.push(chunk);
      } catch {
        this.#replace(child, "TypeScript's server spoke nonsense"); // nothing it says can be believed any more
      }
    });
    child.stderr.resume();
    for (const stream of [child.stdin, child.stdout, child.stderr]) stream.on("error", () => {});
    child.on("error", () => this.#lose(child));
    child.on("exit", () => this.#lose(child));
    const rootUri = pathToFileURL(this.#folder).href;
    const workspaceFolders = [{ uri: rootUri, name: "notebook" }];
    const initializationOptions = { disablePushDiagnostics: true };
    const client = { processId: process.pid, rootUri, workspaceFolders, capabilities, initializationOptions };
    void this.#send("initialize", client, 10_000);
    this.#tell({ method: "initialized", params: {} });
    for (const each of this.#documents.open()) this.#tell(each);
    return true;
  }

  /** Ends the server; the next request starts another with the same documents. */
  stop(): void {
    const child = this.#child;
    if (!child) return;
    this.#lose(child);
    killChild(child);
  }

  /** Ends a server at once that does not do its work. */
  #replace(child: ChildProcessWithoutNullStreams, reason: string, isLost = true): void {
    if (this.#child !== child) return;
    this.#lose(child, reason, isLost);
    killChild(child, "SIGKILL");
    if (!this.#disposed) this.start(); // the next question finds it warm
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    const child = this.#child;
    if (!child) return;
    const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    child.stdin.end();
    const killer = setTimeout(() => killChild(child, "SIGKILL"), 500);
    killChild(child);
    await exited;
    clearTimeout(killer);
  }

  /** The server's process, for measurements. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  #lose(child: ChildProcessWithoutNullStreams, none = "TypeScript's server died", isLost = true): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    for (const id of [...this.#pending.keys()]) this.#settle(id, { none, isLost });
  }

  #send(method: string, params: object, timeoutMs: number): Promise<Answer> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve) => {
      const late = `TypeScript gave no answer within ${timeoutMs / 1000} s`;
      const timer = setTimeout(() => this.#cancel(id, late), timeoutMs);
      timer.unref();
      this.#pending.set(id, { resolve, timer });
      this.#watchMemory();
      this.#transmit({ jsonrpc: "2.0", id, method, params });
    });
  }

  /** Nobody waits for the answer any more. A server that works says within a moment that it gave up. */
  #cancel(id: number, none: string): void {
    const child = this.#child;
    this.#settle(id, { none });
    if (!child) return;
    const timer = setTimeout(() => {
      this.#pending.delete(id);
      this.#replace(child, "TypeScript's server hung");
    }, giveUpMilliseconds);
    timer.unref();
    this.#pending.set(id, { resolve: () => {}, timer });
    this.#tell({ method: "$/cancelRequest", params: { id } });
  }

  /** Looks now and then how large the server is while it works. */
  #watchMemory(): void {
    this.#memoryWatch ??= setInterval(() => {
      const child = this.#child;
      if (!child || this.#pending.size === 0) {
        clearInterval(this.#memoryWatch);
        this.#memoryWatch = undefined;
      } else if ((residentMemory(child.pid ?? 0) ?? 0) > this.#mostMemory) {
        // Asked again it would only take as much again.
        this.#replace(child, `TypeScript took more than ${this.#mostMemory / 1e9} GB of memory`, false);
      }
    }, memoryLookMilliseconds).unref();
  }

  /** A server that does not run is told when it starts. */
  #tell(notification: Notification | undefined): void {
    if (notification) this.#transmit({ jsonrpc: "2.0", ...notification });
  }

  #transmit(message: object): void {
    if (this.#child?.stdin.writable) this.#child.stdin.write(frame(message));
  }

  #settle(id: number, answer: Answer): void {
    const pending = this.#pending.get(id);
    if (!pending) return;
    this.#pending.delete(id);
    clearTimeout(pending.timer);
    pending.resolve(answer);
  }

  #receive(child: ChildProcessWithoutNullStreams, body: Buffer): void {
    // The server logs a good deal with every change; nobody reads it, so it is not even parsed.
    if (body.subarray(0, 60).includes('"window/logMessage"')) return;
    const message = JSON.parse(body.toString("utf8"));
    if (message.method === undefined) {
      this.#startsInARow = 0;
      const none = () => `TypeScript answered with an error: ${String(message.error.message).slice(0, 300)}`;
      this.#settle(message.id, message.error ? { none: none() } : { result: message.result });
    } else if (message.id !== undefined && child.stdin.writable) {
      const result =
        message.method === "workspace/configuration" ? message.params.items.map(() => preferences) : null;
      child.stdin.write(frame({ jsonrpc: "2.0", id: message.id, result }));
    }
  }
}
