import { MessageChannel, type MessagePort } from "node:worker_threads";
import { listen } from "./listen.ts";

/**
 * Runs pieces of work one after another, each from a fresh macrotask: one that is terminated takes none of the
 * others along. (Of a batch of `setImmediate` those behind it would be lost, and Node's loop would spin ever after.)
 */
export class Tasks {
  readonly #waiting: (() => void)[] = [];
  readonly #bell: MessagePort;
  readonly #ring: (value: number) => void;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    listen(port1, () => this.#waiting.shift()?.());
    this.#bell = port2;
    // Taken now: cells can reach the prototype that it stands on.
    const { postMessage } = port2;
    this.#ring = (value) => void Reflect.apply(postMessage, this.#bell, [value]);
  }

  push(task: () => void): void {
    this.#waiting.push(task);
    this.#ring(0);
  }

  /** After a termination, which may have hit between the bell and the work. */
  resume(): void {
    for (let i = 0; i < this.#waiting.length; i++) this.#ring(0);
  }
}
