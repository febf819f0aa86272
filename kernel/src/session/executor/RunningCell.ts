import { KeyboardInterrupt } from "../watchdog/keyboardInterrupt.ts";
import type { Tasks } from "../watchdog/tasks.ts";
import { type CellContext, currentCell } from "./channel.ts";
import { interruptState } from "./interrupts.ts";
import { relaxAsyncChecks } from "./relaxAsyncChecks.ts";

/** A cell on its way through the executor: what it waits for, and how it is ended from outside. */
export class RunningCell {
  readonly context: CellContext;
  /** What the cell waits for beside its own code: displays that take time. */
  readonly work: Promise<unknown>[] = [];
  /** What an interrupt has to end besides its code: the commands it runs. */
  readonly onInterrupt: (() => void)[] = [];
  readonly #tasks: Tasks;
  #failure: { error: unknown } | undefined;
  #reject: (error: unknown) => void = () => {};

  constructor(context: CellContext, tasks: Tasks) {
    this.context = context;
    this.#tasks = tasks;
  }

  /** Ends what the cell does now by an error of another place. */
  fail(error: unknown): void {
    this.#failure ??= { error };
    this.#reject(error);
  }

  /** Its failure has been taken note of; what follows may fail by itself. */
  clearFailure(): void {
    this.#failure = undefined;
  }

  /** What the promise resolves to, unless the cell fails before. */
  unlessFailed<T>(promise: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#failure) reject(this.#failure.error);
      this.#reject = reject;
      promise.then(resolve, reject);
    });
  }

  /**
   * Runs what may be the user's code: the cell itself, a display method, the getter of an error. It starts from a
   * fresh macrotask, so that what awaits it here is not on its stack when it is terminated.
   */
  attempt<T>(start: () => T | Promise<T>): Promise<T> {
    const inOwnTask = new Promise<T>((resolve, reject) => {
      const begin = () => {
        relaxAsyncChecks();
        try {
          // An interrupt may have come while the start was pending: then nothing begins any more.
          if (interruptState.isInterrupted(this.context.cell)) throw new KeyboardInterrupt();
          resolve(start());
        } catch (error) {
          reject(error);
        }
      };
      this.#tasks.push(() => currentCell.run(this.context, begin));
    });
    return this.unlessFailed(inOwnTask);
  }
}
