import { MessageChannel } from "node:worker_threads";

/**
 * Runs pieces of work one after another, each from a fresh macrotask: one that is terminated takes none of the
 * others along. (Of a batch of `setImmediate` those behind it would be lost, and Node's loop would spin ever after.)
 */
export class Tasks {
  readonly #waiting: (() => void)[] = [];
  readonly #bell = new MessageChannel();

  constructor() {
    this.#bell.port1.on("message", () => this.#waiting.shift()?.());
    this.#bell.port1.unref();
  }

  push(task: () => void): void {
    this.#waiting.push(task);
    this.#bell.port2.postMessage(0);
  }

  /** After a termination, which may have hit between the bell and the work. */
  resume(): void {
    for (const _ of this.#waiting) this.#bell.port2.postMessage(0);
  }
}
