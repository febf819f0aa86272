import { Worker } from "node:worker_threads";

export interface HeartbeatData {
  /** The address to bind to. */
  at: string;
}

const longestCloseMs = 500;
const restartAfterMs = 1000;

/** The echo by which clients know that the kernel lives: a thread of its own, so that nothing else delays it. */
export class Heartbeat {
  readonly #at: string;
  #thread: Worker | undefined;
  #isClosed = false;

  constructor(at: string) {
    this.#at = at;
  }

  /** Resolves when it listens. */
  async start(): Promise<void> {
    const data: HeartbeatData = { at: this.#at };
    const thread = new Worker(new URL("./heartbeatThread.js", import.meta.url), {
      workerData: data,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 4 },
    });
    this.#thread = thread;
    const bound = new Promise<void>((resolve, reject) => {
      thread.once("message", ({ error }: { error?: string }) =>
        error ? reject(new Error(error)) : resolve(),
      );
      thread.once("error", reject);
    });
    await bound;
    thread.on("error", () => {}); // its end is heard below
    thread.once("exit", () => {
      if (!this.#isClosed) setTimeout(() => void this.start().catch(() => {}), restartAfterMs).unref();
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const thread = this.#thread;
    if (!thread || thread.threadId < 0) return; // never started, or ended
    const ended = new Promise((resolve) => thread.once("exit", resolve));
    thread.postMessage("close");
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, longestCloseMs))]);
  }
}
