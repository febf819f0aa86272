/** The first are written out; after them every 16th, 32nd, 64th … of a kind. */
const writtenOut = 10;

/**
 * The kernel's log, on stderr. A flood must not fill it: nobody may be reading, and a write to a full pipe blocks.
 */
export class Complaints {
  readonly #write: (line: string) => void;
  readonly #counts = new Map<string, number>();

  constructor(write: (line: string) => void = (line) => console.error(line)) {
    this.#write = write;
  }

  /** Whether it was written. Kinds are few: `text` says the rest. */
  say(kind: string, text: string): boolean {
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    if (count > writtenOut && !Number.isInteger(Math.log2(count))) return false;
    const repeated = count > writtenOut ? ` (number ${count} of its kind; most are not written out)` : "";
    this.#write(`isoflop kernel: ${text}${repeated}`);
    return true;
  }
}
