interface Resource {
  dispose(): unknown;
  isAsync: boolean;
}

const none = Symbol("no error");

/**
 * What `using` and `await using` become where V8 does not know them yet: values to dispose of, last first. The
 * names are those that lowered code calls: `u` and `a` add, `e` takes the block's error, `d` disposes.
 */
export class UsingContext {
  e: unknown = none;
  readonly #resources: Resource[] = [];

  u<T>(value: T): T {
    this.#add(value, [Symbol.dispose], false);
    return value;
  }

  a<T>(value: T): T {
    this.#add(value, [Symbol.asyncDispose, Symbol.dispose], true);
    return value;
  }

  #add(value: unknown, symbols: symbol[], isAsync: boolean): void {
    if (value === null || value === undefined) return;
    const symbol = symbols.find((each) => typeof (value as Record<symbol, unknown>)[each] === "function");
    if (!symbol) throw new TypeError(`using: the value has no ${String(symbols[0]).slice(7, -1)} method`);
    const method = (value as Record<symbol, () => unknown>)[symbol] as () => unknown;
    this.#resources.push({ dispose: () => method.call(value), isAsync });
  }

  /** A promise where one of the values is disposed of asynchronously. */
  d(): void | Promise<void> {
    for (let resource = this.#resources.pop(); resource; resource = this.#resources.pop()) {
      try {
        const result = resource.dispose();
        if (resource.isAsync)
          return Promise.resolve(result).then(
            () => this.d(),
            (error) => this.#failed(error),
          );
      } catch (error) {
        this.#note(error);
      }
    }
    if (this.e !== none) throw this.e;
  }

  #failed(error: unknown): void | Promise<void> {
    this.#note(error);
    return this.d();
  }

  #note(error: unknown): void {
    if (this.e === none) this.e = error;
    else
      this.e = Object.assign(new Error("an error while disposing"), {
        name: "SuppressedError",
        error,
        suppressed: this.e,
      });
  }
}
