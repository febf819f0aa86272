import { shownPath } from "../files/shownPath.ts";
import { isQuiet } from "./terminal/quiet.ts";
import { proseWidth } from "./terminal/terminalWidth.ts";

/** In milliseconds. */
const [firstPause, longestPause] = [2000, 60_000];

/**
 * Progress of a long job on stderr. In a terminal one line is rewritten; elsewhere (a file, a CI log) only whole
 * lines appear, so that the log stays readable.
 */
export class ProgressLine {
  readonly #stream: NodeJS.WriteStream;
  /** A dumb terminal cannot go back to the beginning of a line. */
  readonly #isRewritten: boolean;
  readonly #now: () => number;
  #shown = "";
  /** Where nothing is rewritten: when the next line of a long job is due, and the pause behind it. */
  #due: number;
  #pause = firstPause;

  constructor(stream: NodeJS.WriteStream = process.stderr, now: () => number = () => performance.now()) {
    this.#stream = stream;
    this.#isRewritten = stream.isTTY && !(stream === process.stderr && process.env.TERM === "dumb");
    this.#now = now;
    this.#due = now() + firstPause;
  }

  /** The state right now. Seen in a terminal only. */
  update(text: string): void {
    if (!this.#isRewritten || isQuiet()) return;
    // COLUMNS is for what stays; a line that is rewritten must end where the terminal does.
    this.#shown = shownPath(text).slice(0, proseWidth(this.#stream, {}) - 1);
    this.#stream.write(`\r\x1b[2K${this.#shown}`);
  }

  /** The state of a job that has nothing else to say: elsewhere than in a terminal after two seconds, then more rarely. */
  step(text: string): void {
    this.update(text);
    if (this.#isRewritten || this.#now() < this.#due) return;
    this.log(text);
    this.#due = this.#now() + this.#pause;
    this.#pause = Math.min(2 * this.#pause, longestPause);
  }

  /** A line that stays. */
  log(text: string): void {
    this.clear();
    if (!isQuiet()) this.#stream.write(`${text}\n`);
  }

  clear(): void {
    if (this.#shown) this.#stream.write("\r\x1b[2K");
    this.#shown = "";
  }
}
