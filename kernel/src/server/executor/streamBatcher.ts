export interface StreamText {
  cell: number;
  name: "stdout" | "stderr";
  text: string;
}

const intervalMs = 20;

/** Merges printed text into few messages: the first at once, what follows within 20 ms together. */
export class StreamBatcher {
  readonly #publish: (stream: StreamText) => void;
  #pending: (StreamText & { parts: string[] }) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #lastFlush = 0;

  constructor(publish: (stream: StreamText) => void) {
    this.#publish = publish;
  }

  push(cell: number, name: "stdout" | "stderr", text: string): void {
    if (this.#pending && (this.#pending.cell !== cell || this.#pending.name !== name)) this.flush();
    this.#pending ??= { cell, name, text: "", parts: [] };
    this.#pending.parts.push(text);
    const wait = this.#lastFlush + intervalMs - performance.now();
    if (wait <= 0 && !this.#timer) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), Math.max(wait, 1));
  }

  /** Publishes what waits; call it before any other output and before idle. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const pending = this.#pending;
    this.#pending = undefined;
    if (!pending) return;
    this.#lastFlush = performance.now();
    this.#publish({ cell: pending.cell, name: pending.name, text: pending.parts.join("") });
  }
}
