import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { killChild } from "../../session/processes/killChild.ts";
import { residentMemory } from "../../session/processes/residentMemory.ts";
import type { ReaderWork, Reply, Request, Task } from "./readerWork.ts";

const entry = fileURLToPath(new URL("../../language/reader/readerMain.js", import.meta.url));

/** Code is compiled there to see that V8 has room for it, in a little less stack than the executor has (984 kB). */
const flags = ["--stack-size=950"];

/** Longer than this nobody should wait for a cell to be read. */
const longestMilliseconds = 10_000;

/**
 * The native parser adds up the texts of an enum, and 20 lines that double one take gigabytes within seconds. A cell of
 * 5 MB takes 1.2 GB at most. Its heap is outside V8's, so no flag bounds it: it is looked at while it works.
 */
const mostMemory = 3e9;
const lookMilliseconds = 150;

/** A kernel that reads no long cell need not hold the process. */
const idleMilliseconds = 60_000;

interface Job extends Request {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** A cell that could not be read; a syntax error to the user, who can do something about the cell only. */
export class UnreadableCell extends SyntaxError {
  constructor(reason: string) {
    super(reason);
    this.name = "SyntaxError";
    this.stack = `SyntaxError: ${reason}`;
  }
}

/**
 * Reads texts outside the kernel's process: the native parser ends its process where a text nests too deeply, and
 * some texts take it minutes. Started with the first text that needs it. Texts are read one after another.
 */
export class ReaderProcess {
  readonly #mostMemory: number;
  readonly #waiting: Job[] = [];
  #child: ChildProcess | undefined;
  #current: Job | undefined;
  #timer: NodeJS.Timeout | undefined;
  #look: NodeJS.Timeout | undefined;

  /** @param memory - how many bytes reading a text may take. */
  constructor(memory = mostMemory) {
    this.#mostMemory = memory;
  }

  ask<T extends Task>(task: T, ...args: Parameters<ReaderWork[T]>): Promise<ReturnType<ReaderWork[T]>> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ task, args, resolve: resolve as (value: unknown) => void, reject });
      this.#next();
    });
  }

  /** Gives up what is being read and what waits. */
  interrupt(): void {
    for (const each of this.#waiting.splice(0))
      each.reject(new UnreadableCell("reading the cell was interrupted"));
    if (this.#current) this.#giveUp("reading the cell was interrupted");
  }

  dispose(): void {
    this.interrupt();
    this.#kill();
  }

  #next(): void {
    if (this.#current || this.#waiting.length === 0) return;
    clearTimeout(this.#timer);
    this.#current = this.#waiting.shift() as Job;
    const { task, args } = this.#current;
    this.#child ??= this.#start();
    const child = this.#child;
    child.ref();
    child.channel?.ref();
    const late = `reading the cell takes more than ${longestMilliseconds / 1000} s; split it, or read its data from a file`;
    this.#timer = setTimeout(() => this.#giveUp(late), longestMilliseconds);
    this.#look = setInterval(() => this.#lookAtMemory(child), lookMilliseconds);
    if (!child.channel) this.#lose(child, "its reader cannot be started: too many open files");
    else {
      child.send({ task, args } satisfies Request, (error) => {
        if (error) this.#lose(child, "its reader could not be reached");
      });
    }
  }

  #start(): ChildProcess {
    const child = fork(entry, {
      serialization: "advanced",
      cwd: "/", // the notebook's folder may be gone
      execArgv: flags,
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    child.on("message", (reply: Reply) => {
      if ("ended" in reply) this.#lose(child, `the cell is too large to be read: ${reply.ended}`);
      else if (child === this.#child) {
        this.#settle((job) => {
          if ("value" in reply) job.resolve(reply.value);
          else job.reject(Object.assign(new Error(reply.error.message), reply.error));
        });
      }
    });
    child.on("error", (error) =>
      this.#lose(child, `no process to read the cell could be started: ${error.message}`),
    );
    child.on("exit", (_, signal) => this.#lose(child, howItEnded(signal)));
    return child;
  }

  #lookAtMemory(child: ChildProcess): void {
    if ((residentMemory(child.pid ?? 0) ?? 0) <= this.#mostMemory) return;
    this.#lose(
      child,
      `the cell is too large to be read: that takes more than ${this.#mostMemory / 1e9} GB of memory; split it`,
    );
  }

  #giveUp(reason: string): void {
    this.#kill();
    this.#settle((job) => job.reject(new UnreadableCell(reason)));
  }

  #lose(child: ChildProcess, reason: string): void {
    if (child !== this.#child) return;
    this.#giveUp(reason);
  }

  #settle(end: (job: Job) => void): void {
    const job = this.#current;
    this.#current = undefined;
    clearTimeout(this.#timer);
    clearInterval(this.#look);
    this.#child?.unref();
    this.#child?.channel?.unref();
    this.#timer = setTimeout(() => this.#kill(), idleMilliseconds).unref();
    if (job) end(job);
    this.#next();
  }

  #kill(): void {
    const child = this.#child;
    this.#child = undefined;
    if (child) killChild(child, "SIGKILL");
  }
}

/** A stack that is too small ends the process by one of these; a heap that is too small by its own report. */
function howItEnded(signal: NodeJS.Signals | null): string {
  return signal === "SIGSEGV" || signal === "SIGBUS"
    ? "the cell nests too deeply: the parser has room for some 20,000 functions or 100,000 brackets inside each other"
    : "the cell is too large, or nests too deeply, to be read";
}
