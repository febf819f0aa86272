/**
 * What tells rows apart that may have any number of columns: 64 bits of each, so that two different ones among a million
 * are taken for one with a chance of 3 in 100 million.
 */
export class RowHashes {
  #high = new Uint32Array(1024);
  #low = new Uint32Array(1024);

  set(row: number, whole: string): void {
    if (row >= this.#high.length) {
      this.#high = grown(this.#high, row);
      this.#low = grown(this.#low, row);
    }
    let high = 0x811c9dc5;
    let low = 0x9e3779b9 ^ whole.length;
    for (let i = 0; i < whole.length; i++) {
      const code = whole.charCodeAt(i);
      high = Math.imul(high ^ code, 0x01000193);
      low = Math.imul(low ^ code ^ (low >>> 15), 0x85ebca6b);
    }
    this.#high[row] = high;
    this.#low[row] = low ^ (low >>> 13);
  }

  /** Low 32 bits. */
  low(row: number): number {
    return this.#low[row]!;
  }

  isEqual(one: number, other: number): boolean {
    return this.#low[one] === this.#low[other] && this.#high[one] === this.#high[other];
  }
}

function grown(words: Uint32Array, row: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(Math.max(2 * words.length, row + 1));
  larger.set(words);
  return larger;
}
