import { type ChildProcess, spawn } from "node:child_process";
import type { Duplex, Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { descriptors, executorStdio } from "../../session/messages/descriptors.ts";
import type {
  Answer,
  FromExecutor,
  FromWatchdog,
  ToExecutor,
  ToWatchdog,
} from "../../session/messages/executorMessages.ts";
import { encodeFrame, FrameReader } from "../../session/messages/frames.ts";
import { type Reading, readFromExecutor, readFromWatchdog } from "../../session/messages/readFromExecutor.ts";
import { endProcesses } from "../../session/processes/endProcesses.ts";
import { killChild } from "../../session/processes/killChild.ts";
import { markDescriptor, markName, newMark, withMarkedFile } from "../../session/processes/sessionMark.ts";
import { heapLimit } from "./heapLimit.ts";
import { RawStream } from "./rawStream.ts";
import { startReaper } from "./reaper.ts";

export interface ExecutorEvents {
  onMessage(message: FromExecutor): void;
  /** Text that did not come through `process.stdout`: child processes, native code, Node's own last words. */
  onRawText(name: "stdout" | "stderr", text: string): void;
  onWatchdog(message: FromWatchdog): void;
  onExit(reason: ExitReason): void;
}

export interface ExitReason {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** Why it was ended, when its channel to the server broke. */
  fault?: string;
}

/** How long a process whose channel is closed may take to end by itself. */
const endsWithinMs = 300;

const entry = fileURLToPath(new URL("../../session/executor/main.js", import.meta.url));

const flags = [
  // Without it Node aborts when a terminated cell leaves its async hook stack behind.
  "--no-force-async-hooks-checks",
  "--experimental-vm-modules",
  "--disable-warning=ExperimentalWarning",
];

/** The process that runs user code. A new one is made when it ends. */
export class ExecutorProcess {
  readonly #child: ChildProcess;
  readonly #raw: { stdout: RawStream; stderr: RawStream };
  readonly #mark = newMark();
  readonly #events: ExecutorEvents;
  readonly #exited: Promise<void>;
  #fault: string | undefined;

  constructor(cwd: string, events: ExecutorEvents) {
    this.#child = withMarkedFile(this.#mark, (marked) =>
      spawn(process.execPath, [...flags, ...heapLimit().flags, entry], {
        cwd,
        env: { ...process.env, [markName]: this.#mark },
        stdio: executorStdio(marked === undefined ? {} : { [markDescriptor]: marked }),
        // A group of its own: Ctrl-C in a terminal is for the server, which passes it on in its own way.
        detached: true,
      }),
    );
    // Node reports it as an event where the process has no pipes left, and goes on without streams.
    if (!this.#child.stdio) {
      this.#child.on("error", () => {});
      throw new Error(
        "the session's process cannot be started: the kernel has too many open files or connections",
      );
    }
    startReaper();
    this.#events = events;
    const onBreak = (why: string) => this.#break(`sent the kernel ${why}`);
    const reader = new FrameReader<unknown>(
      (frame, json) => this.#take(readFromExecutor(frame, json), (message) => events.onMessage(message)),
      onBreak,
    );
    const fromExecutor = this.#pipe(descriptors.toServer);
    fromExecutor.on("data", (chunk: Buffer) => reader.push(chunk));
    const watchdogReader = new FrameReader<unknown>(
      (frame) => this.#take(readFromWatchdog(frame), (message) => events.onWatchdog(message)),
      onBreak,
    );
    this.#pipe(descriptors.watchdog).on("data", (chunk: Buffer) => watchdogReader.push(chunk));
    this.#pipe(descriptors.fromServer).resume(); // nothing comes, but its end is noticed
    for (const descriptor of Object.values(descriptors)) {
      this.#pipe(descriptor).once("close", () => this.#onClosed(descriptor));
    }
    this.#raw = {
      stdout: new RawStream(this.#child.stdout as Readable, (text) => events.onRawText("stdout", text)),
      stderr: new RawStream(this.#child.stderr as Readable, (text) => events.onRawText("stderr", text)),
    };
    for (const stream of this.#child.stdio) stream?.on("error", () => {}); // it ended while we wrote
    const drained = new Promise<void>((resolve) => fromExecutor.once("close", resolve));
    this.#exited = new Promise((resolve) => {
      const onExit = async (code: number | null, signal: NodeJS.Signals | null) => {
        // Those it started hold its pipes open, and end with it.
        endProcesses({ mark: this.#mark, root: this.#child.pid });
        // What it wrote last is still in the pipe.
        await Promise.race([drained, new Promise((done) => setTimeout(done, 200))]);
        resolve();
        events.onExit({ code, signal, ...(this.#fault && { fault: this.#fault }) });
      };
      this.#child.once("exit", (code, signal) => void onExit(code, signal));
      this.#child.once("error", () => void onExit(null, null));
    });
  }

  /** A fault in an output costs that output; whatever else goes wrong with it, the server goes on. */
  #take<T>(reading: Reading<T>, act: (message: T) => void): void {
    if ("fault" in reading) {
      if (reading.isFatal) this.#break(`sent the kernel what is no message (${reading.fault})`);
      else this.#complain(reading.fault);
      return;
    }
    try {
      act(reading.message);
    } catch (error) {
      this.#complain((error as Error).message);
    }
  }

  #complain(fault: string): void {
    this.#events.onRawText("stderr", `isoflop: an output was not shown; ${fault}\n`);
  }

  /** The cells and the server cannot hear each other any more: a new process must take over. */
  #break(fault: string): void {
    if (this.#fault !== undefined) return;
    this.#fault = `the session's process ${fault}, so it was ended`;
    void this.kill();
  }

  #onClosed(descriptor: number): void {
    setTimeout(() => {
      const { exitCode, signalCode } = this.#child;
      if (exitCode === null && signalCode === null) {
        this.#break(`closed descriptor ${descriptor}, through which the kernel speaks with it`);
      }
    }, endsWithinMs).unref();
  }

  send(message: ToExecutor): void {
    this.#pipe(descriptors.fromServer).write(encodeFrame(message));
  }

  #pipe(descriptor: number): Duplex {
    return (this.#child.stdio as readonly unknown[])[descriptor] as Duplex;
  }

  tellWatchdog(message: ToWatchdog): void {
    this.#pipe(descriptors.watchdog).write(encodeFrame(message));
  }

  interrupt(cell: number): void {
    this.tellWatchdog({ type: "interrupt", cell });
  }

  answer(answer: Answer): void {
    this.tellWatchdog({ type: "answer", ...answer });
  }

  /** Passes on what child processes have written so far. */
  drainRawOutput(): void {
    this.#raw.stdout.drain();
    this.#raw.stderr.drain();
  }

  /** Ctrl-C for the processes it started: it may be waiting for one, as execSync does. */
  interruptChildren(): void {
    this.#signalGroup("SIGINT");
  }

  #signalGroup(signal: NodeJS.Signals): void {
    const { pid, exitCode, signalCode } = this.#child;
    if (pid === undefined || exitCode !== null || signalCode !== null) return;
    try {
      process.kill(-pid, signal);
    } catch {
      killChild(this.#child, signal);
    }
  }

  /** Ends it at once, with the processes it started. */
  async kill(): Promise<void> {
    const { pid, exitCode, signalCode } = this.#child;
    if (pid !== undefined && exitCode === null && signalCode === null) {
      // Stopped first, so that it starts no more, and alive, so that its children can be told by their parent.
      killChild(this.#child, "SIGSTOP");
      endProcesses({ mark: this.#mark, root: pid });
      killChild(this.#child, "SIGKILL");
    }
    await this.#exited;
  }
}
