/**
 * Progress of a long job on stderr. In a terminal one line is rewritten; elsewhere (a file, a CI log) only whole
 * lines appear, so that the log stays readable.
 */
export class ProgressLine {
  readonly #stream: NodeJS.WriteStream;
  #shown = "";

  constructor(stream: NodeJS.WriteStream = process.stderr) {
    this.#stream = stream;
  }

  /** The state right now. Seen in a terminal only. */
  update(text: string): void {
    if (!this.#stream.isTTY) return;
    this.#shown = text.slice(0, Math.max(20, (this.#stream.columns ?? 80) - 1));
    this.#stream.write(`\r\x1b[2K${this.#shown}`);
  }

  /** A line that stays. */
  log(text: string): void {
    this.clear();
    this.#stream.write(`${text}\n`);
  }

  clear(): void {
    if (this.#shown) this.#stream.write("\r\x1b[2K");
    this.#shown = "";
  }
}
