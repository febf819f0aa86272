import { shownPath } from "../files/shownPath.ts";

/** In milliseconds. */
const [firstPause, longestPause] = [2000, 60_000];

/**
 * Progress of a long job on stderr. In a terminal one line is rewritten; elsewhere (a file, a CI log) only whole
 * lines appear, so that the log stays readable.
 */
export class ProgressLine {
  readonly #stream: NodeJS.WriteStream;
  readonly #now: () => number;
  #shown = "";
  /** Where nothing is rewritten: when the next line of a long job is due, and the pause behind it. */
  #due: number;
  #pause = firstPause;

  constructor(stream: NodeJS.WriteStream = process.stderr, now: () => number = () => performance.now()) {
    this.#stream = stream;
    this.#now = now;
    this.#due = now() + firstPause;
  }

  /** The state right now. Seen in a terminal only. */
  update(text: string): void {
    if (!this.#stream.isTTY) return;
    this.#shown = shownPath(text).slice(0, Math.max(20, (this.#stream.columns ?? 80) - 1));
    this.#stream.write(`\r\x1b[2K${this.#shown}`);
  }

  /** The state of a job that has nothing else to say: elsewhere than in a terminal after two seconds, then more rarely. */
  step(text: string): void {
    this.update(text);
    if (this.#stream.isTTY || this.#now() < this.#due) return;
    this.log(text);
    this.#due = this.#now() + this.#pause;
    this.#pause = Math.min(2 * this.#pause, longestPause);
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
