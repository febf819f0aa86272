/** Rows of which some are equal: an open hash table of row numbers, four to eight bytes a row where text keys take a hundred. */
export class RowSet {
  readonly #slots: Int32Array;
  readonly #hash: (row: number) => number;
  readonly #isEqual: (one: number, other: number) => boolean;

  /** @param n the most rows it will hold */
  constructor(n: number, hash: (row: number) => number, isEqual: (one: number, other: number) => boolean) {
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * n + 2))).fill(-1);
    this.#hash = hash;
    this.#isEqual = isEqual;
  }

  /** Adds a row; the equal one that is in the set already, in which case it is not added. */
  add(row: number): number | undefined {
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let slot = this.#hash(row) & mask; ; slot = (slot + 1) & mask) {
      const other = slots[slot]!;
      if (other < 0) {
        slots[slot] = row;
        return undefined;
      }
      if (this.#isEqual(row, other)) return other;
    }
  }
}

/** A hash of a row of numbers. */
export function numbersHash(columns: readonly Float64Array[]): (row: number) => number {
  const value = new Float64Array(1);
  const words = new Uint32Array(value.buffer);
  return (row) => {
    let hash = 0x811c9dc5;
    for (const column of columns) {
      value[0] = column[row]!;
      hash = Math.imul(hash ^ words[0]!, 0x01000193);
      hash = Math.imul(hash ^ words[1]! ^ (hash >>> 15), 0x85ebca6b);
    }
    return hash ^ (hash >>> 13);
  };
}
