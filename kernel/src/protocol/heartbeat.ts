import { Worker } from "node:worker_threads";

const restartAfterMs = 1000;
/** Little is kept here, and whoever floods it shall not have the memory of the kernel. */
const memory = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 4 };

/**
 * The echo by which clients know that the kernel lives: whatever comes goes back. It runs in a thread of its own, so
 * that nothing the kernel does delays it.
 */
export class Heartbeat {
  #thread: Worker | undefined;
  #isClosed = false;

  /** Resolves when it listens. */
  async bind(at: string): Promise<void> {
    const thread = new Worker(new URL("./heartbeatThread.js", import.meta.url), {
      workerData: at,
      resourceLimits: memory,
      stdin: false,
    });
    this.#thread = thread;
    await new Promise<void>((resolve, reject) => {
      thread.once("message", (fault?: string) =>
        fault === undefined ? resolve() : reject(new Error(fault)),
      );
      thread.once("error", reject); // out of memory, or it could not be loaded
      thread.once("exit", () => reject(new Error("the heartbeat's thread ended")));
    }).catch(async (error) => {
      await thread.terminate();
      throw error;
    });
    thread.unref();
    thread.once("exit", () => {
      if (!this.#isClosed) setTimeout(() => void this.bind(at).catch(() => {}), restartAfterMs).unref();
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#thread?.terminate();
  }
}
