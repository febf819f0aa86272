import { DigestSet } from "./digestSet.ts";

const day = 86_400_000;

/**
 * Remembers every signed message, so that none is obeyed twice. The signatures of the latest one to two million are
 * kept (21 bytes each at most, 34 MB in all). What is older is recognised by its date,
 * which is signed: a message that is dated before one that was forgotten is refused. So a clock that goes wrong costs
 * nothing before the millionth message, and after it only when it is behind by more than a million messages take.
 */
export class Replays {
  readonly #generation: number;
  readonly #now: () => number;
  #older = new DigestSet();
  #recent = new DigestSet();
  #newestOfOlder = 0;
  #newestOfRecent = 0;
  /** The date of the newest message whose signature was forgotten. */
  #horizon: number | undefined;

  constructor({ generation = 2 ** 20, now = Date.now } = {}) {
    this.#generation = generation;
    this.#now = now;
  }

  /** Remembers a message that is signed rightly; a sentence when it is to be refused. */
  refuse(signature: Uint8Array, date: unknown): string | undefined {
    if (this.#recent.has(signature) || this.#older.has(signature)) return "signature seen before";
    const time = typeof date === "string" ? Date.parse(date) : Number.NaN;
    const isBelievable = time <= this.#now() + day;
    if (this.#horizon !== undefined && !(isBelievable && time > this.#horizon)) {
      return "it may have been seen before: it is dated before messages that are forgotten, in the future, or not at all";
    }
    if (this.#recent.size >= this.#generation) this.#forget();
    this.#recent.add(signature);
    if (isBelievable) this.#newestOfRecent = Math.max(this.#newestOfRecent, time);
    return undefined;
  }

  #forget(): void {
    if (this.#older.size > 0) this.#horizon = Math.max(this.#horizon ?? 0, this.#newestOfOlder);
    this.#older = this.#recent;
    this.#newestOfOlder = this.#newestOfRecent;
    this.#recent = new DigestSet();
    this.#newestOfRecent = 0;
  }
}
