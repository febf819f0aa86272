import { Worker } from "node:worker_threads";

const restartAfterMs = 1000;
/** What passes: the thread could not be started for lack of something. All else is a fault of the address. */
const isLack = (code: unknown) => /^(EMFILE|ENFILE|ENOMEM|ENOBUFS|EAGAIN|ERR_WORKER_\w+)$/.test(String(code));
/** Little is kept here, and whoever floods it shall not have the memory of the kernel. */
const memory = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 4 };

/**
 * The echo by which clients know that the kernel lives: whatever comes goes back. It runs in a thread of its own, so
 * that nothing the kernel does delays it.
 */
export class Heartbeat {
  #thread: Worker | undefined;
  #isClosed = false;
  readonly #onFault: (text: string) => void;

  /** @param onFault hears when the thread ended, which then is started again until it listens */
  constructor(onFault: (text: string) => void = () => {}) {
    this.#onFault = onFault;
  }

  /**
   * Resolves when it listens, or when it cannot now, which is told, and is to be tried again.
   *
   * @throws Error where its address cannot be listened on
   */
  async bind(at: string): Promise<void> {
    try {
      await this.#start(at);
    } catch (error) {
      if (this.#isClosed) return;
      if (!isLack((error as NodeJS.ErrnoException).code)) throw error;
      this.#onFault(`the heartbeat cannot be started yet: ${(error as Error).message}`);
      this.#restart(at);
    }
  }

  async #start(at: string): Promise<void> {
    const thread = new Worker(new URL("../threads/heartbeat.cjs", import.meta.url), {
      workerData: at,
      resourceLimits: memory,
      execArgv: [], // what is loaded ahead of the kernel is not for this thread
    });
    this.#thread = thread;
    await new Promise<void>((resolve, reject) => {
      thread.once("message", (fault?: NodeJS.ErrnoException) =>
        fault === undefined ? resolve() : reject(Object.assign(new Error(fault.message), fault)),
      );
      thread.on("error", reject); // out of memory, or it could not be loaded
      thread.once("exit", () => reject(new Error("its thread ended")));
    }).catch(async (error) => {
      await thread.terminate();
      throw error;
    });
    thread.unref();
    thread.on("error", (error) => this.#onFault(`the heartbeat's thread ended: ${error.message}`));
    thread.once("exit", () => this.#restart(at));
  }

  #restart(at: string): void {
    if (this.#isClosed) return;
    setTimeout(() => {
      if (this.#isClosed) return;
      this.#start(at).catch((error: Error) => {
        if (!this.#isClosed) this.#onFault(`the heartbeat cannot be started again: ${error.message}`);
        this.#restart(at);
      });
    }, restartAfterMs).unref();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#thread?.terminate();
  }
}
