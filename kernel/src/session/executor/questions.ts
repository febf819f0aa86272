import { cellNumber, currentCell, send } from "./channel.ts";
import { KeyboardInterrupt } from "./keyboardInterrupt.ts";
import type { Watchdog } from "./startWatchdog.ts";

/** Asks the person in front of the notebook, through the client that sent the cell. */
export class Questions {
  readonly #watchdog: Watchdog;
  #waiting: ((answer: string) => void) | undefined;

  constructor(watchdog: Watchdog) {
    this.#watchdog = watchdog;
  }

  /** Blocks until the answer is there, as `prompt` does in a browser; an interrupt ends it. */
  ask(prompt: string, password: boolean): string {
    const { input, interrupted } = this.#watchdog;
    const before = Atomics.load(interrupted, 0);
    this.#send(prompt, password);
    while (Atomics.load(input, 0) === 0) {
      if (Atomics.load(interrupted, 0) !== before) throw new KeyboardInterrupt();
      Atomics.wait(input, 0, 0, 500);
    }
    return this.#answer();
  }

  /** The same without blocking. */
  askLater(prompt: string, password: boolean): Promise<string> {
    return new Promise((resolve) => {
      this.#waiting = resolve;
      this.#send(prompt, password);
    });
  }

  /** The watchdog has put an answer where `ask` finds it. */
  onAnswer(): void {
    this.#waiting?.(this.#answer());
    this.#waiting = undefined;
  }

  #send(prompt: string, password: boolean): void {
    if (currentCell.getStore()?.allowStdin === false) {
      throw new Error(
        "the client that runs this cell does not allow it to ask for input (allow_stdin is false)",
      );
    }
    Atomics.store(this.#watchdog.input, 0, 0);
    send({ type: "input", cell: cellNumber(), prompt, password });
  }

  #answer(): string {
    const { input } = this.#watchdog;
    return Buffer.from(new Uint8Array(input.buffer, 8, Atomics.load(input, 1))).toString();
  }
}
