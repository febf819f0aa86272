import { createRequire } from "node:module";
import type { Interface } from "node:readline";
import { Readable } from "node:stream";
import { host } from "../frontend/host.ts";

const { apply, defineProperty, getPrototypeOf } = Reflect;
const load = createRequire(import.meta.url);

/** Of `readline` and of `pipe`: they listen whether or not somebody waits for a line. */
const listensAhead = /^on[dD]ata$/;

/**
 * `process.stdin` of the cells: a line of it is what the person answers. It asks where a program would wait for a line:
 * when `readline` puts a question or a prompt, when somebody listens for lines, or reads the stream itself. The cell is
 * not over before it is answered.
 */
class CellInput extends Readable {
  readonly fd = 0;
  readonly isTTY = false;
  /** The question that waits for its answer. */
  #asked: object | undefined;
  #release: () => void = () => {};
  /** Those who listen for lines without a prompt. */
  readonly #lineReaders = new Set<Interface>();
  readonly #prompting = new WeakSet<Interface>();

  constructor() {
    super({ highWaterMark: 0 }); // nothing ahead
  }

  override _read(): void {
    setImmediate(() => this.#askFurther());
  }

  override pause(): this {
    this.#forget();
    return super.pause();
  }

  /** A cell that listens wants to hear, whatever an earlier one has paused. */
  override on(event: string, listener: (...args: never[]) => void): this {
    super.on(event, listener as (...args: unknown[]) => void);
    if (event === "data") this.resume();
    if (event === "data" || event === "readable") setImmediate(() => this.#askFurther());
    return this;
  }

  // process.stdin must outlive every loop over it; the loop's own listener goes with the stream, it believes
  override destroy(): this {
    this.removeAllListeners("readable");
    return this.pause();
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  /** A `readline` has shown its prompt. */
  onPrompt(reader: Interface): void {
    this.#prompting.add(reader);
    this.#lineReaders.delete(reader);
    this.#ask(reader.getPrompt());
  }

  onLineListener(reader: Interface): void {
    if (this.#prompting.has(reader) || this.#lineReaders.has(reader)) return;
    this.#lineReaders.add(reader);
    reader.once("close", () => this.#lineReaders.delete(reader));
    // a prompt, or a cell's end of interest, may follow at once
    process.nextTick(() => this.#askFurther());
  }

  #askFurther(): void {
    for (const reader of this.#lineReaders) {
      if (reader.listenerCount("line") === 0) this.#lineReaders.delete(reader);
    }
    const isFlowing =
      this.#lineReaders.size > 0 ||
      this.listeners("data").some(({ name }) => !listensAhead.test(name)) ||
      (this as unknown as { _readableState: { pipes: unknown[] } })._readableState.pipes.length > 0;
    if (this.listenerCount("readable") > 0 || (isFlowing && !this.isPaused())) this.#ask("");
  }

  #ask(prompt: string): void {
    if (this.#asked) return;
    const question = {};
    this.#asked = question;
    host().track(
      new Promise<void>((resolve) => {
        this.#release = resolve;
      }),
    );
    host()
      .input(prompt, false)
      .then(
        (answer) => {
          if (this.#asked !== question) return; // nobody reads any more
          this.#forget();
          this.push(Buffer.from(`${answer}\n`));
        },
        (error: Error) => {
          if (this.#asked !== question) return;
          this.#forget();
          const isOver = error.name === "KeyboardInterrupt" || error.message.startsWith("the cell ended");
          if (!isOver) setImmediate(() => this.emit("error", error)); // without a listener it is the cell's
        },
      );
  }

  #forget(): void {
    this.#asked = undefined;
    this.#release();
  }
}

/** Has every `readline` on the stream say when it waits. */
function followReadline(input: CellInput): void {
  const { promises } = load("node:readline") as typeof import("node:readline");
  const shared = getPrototypeOf(promises.Interface.prototype) as Interface;
  const follow = (
    name: "prompt" | "on" | "addListener",
    noted: (reader: Interface, first: unknown) => void,
  ) => {
    const original = shared[name] as (...args: unknown[]) => unknown;
    const value = function (this: Interface, ...args: unknown[]): unknown {
      const result = apply(original, this, args);
      if ((this as unknown as { input: unknown }).input === input) noted(this, args[0]);
      return result;
    };
    defineProperty(shared, name, { value, writable: true, configurable: true });
  };
  follow("prompt", (reader) => input.onPrompt(reader));
  for (const name of ["on", "addListener"] as const) {
    follow(name, (reader, event) => {
      if (event === "line") input.onLineListener(reader);
    });
  }
}

/** Replaces `process.stdin`, once somebody asks for it. */
export function installInput(): void {
  let input: CellInput | undefined;
  const get = (): CellInput => {
    if (!input) {
      input = new CellInput();
      followReadline(input);
    }
    return input;
  };
  defineProperty(process, "stdin", { get, configurable: true, enumerable: true });
}
