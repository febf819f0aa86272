const { defineProperty, deleteProperty } = Reflect;
const { push, shift } = Array.prototype;
const { apply } = Reflect;

/** As in IPython: beyond this the oldest results are let go, some at a time. */
const mostResults = 1000;
const letGo = 200;

/** `In`, `Out`, `_`, `__` and `___` as cells see them, in their realm. */
export class SessionHistory {
  readonly #inputs: string[] = [""];
  readonly #outputs: Record<number, unknown> = {};
  readonly #numbers: number[] = [];
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
          defineProperty(globalThis, name, { value, writable: true, configurable: true });
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
    apply(push, this.#numbers, [number]);
    if (this.#numbers.length <= mostResults) return;
    for (let i = 0; i < letGo; i++) deleteProperty(this.#outputs, apply(shift, this.#numbers, []) as number);
  }
}

function define(target: object, key: number, value: unknown): void {
  defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
}
