const { defineProperty, deleteProperty } = Reflect;

/** As in IPython: beyond this the oldest results are let go, some at a time. */
const mostResults = 1000;
const letGo = 200;

/** `In`, `Out`, `_`, `__` and `___` as cells see them, in their realm. */
export class SessionHistory {
  readonly #inputs: string[] = [""];
  readonly #outputs: Record<number, unknown> = {};
  /** Of the results that are kept, in order, from `#oldest` on. */
  readonly #numbers: number[] = [];
  #oldest = 0;
  #count = 0;
  #last: unknown;
  #previous: unknown;
  #beforeThat: unknown;

  /** Makes the names global; a cell that declares one has its own. */
  install(): void {
    const names: Record<string, () => unknown> = {
      In: () => this.#inputs,
      Out: () => this.#outputs,
      _: () => this.#last,
      __: () => this.#previous,
      ___: () => this.#beforeThat,
    };
    for (const name of Object.keys(names)) {
      defineProperty(globalThis, name, {
        get: names[name] as () => unknown,
        set(value: unknown) {
          defineProperty(globalThis, name, own({ value, writable: true, configurable: true }));
        },
        configurable: true,
      });
    }
  }

  /** A cell with a number has begun. */
  addInput(number: number, source: string): void {
    define(this.#inputs, number, source);
  }

  /** It has a value. */
  addOutput(number: number, value: unknown): void {
    this.#beforeThat = this.#previous;
    this.#previous = this.#last;
    this.#last = value;
    define(this.#outputs, number, value);
    define(this.#numbers, this.#count++, number);
    if (this.#count - this.#oldest <= mostResults) return;
    for (const end = this.#oldest + letGo; this.#oldest < end; this.#oldest++) {
      deleteProperty(this.#outputs, this.#numbers[this.#oldest] as number);
      deleteProperty(this.#numbers, this.#oldest);
    }
  }
}

function define(target: object, key: number, value: unknown): void {
  defineProperty(target, key, own({ value, writable: true, enumerable: true, configurable: true }));
}

/** Without what cells may have put on `Object.prototype`, where `get` would be read from. */
const own = (descriptor: PropertyDescriptor): PropertyDescriptor =>
  ({ __proto__: null, ...descriptor }) as PropertyDescriptor;
