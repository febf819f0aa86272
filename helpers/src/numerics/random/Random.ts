/**
 * A small fast counter-free generator (sfc32), seeded by a pair of numbers so that replicate k of an experiment
 * draws the same values whichever thread runs it and whatever ran before.
 *
 * Source: Chris Doty-Humphrey, PractRand, sfc32.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: number, stream: number) {
    // Seeds beyond 32 bits and fractions count too: their two halves are the generator's first words.
    const words = new Uint32Array(Float64Array.of(seed).buffer);
    this.#a = words[0]! | 0;
    this.#b = (words[1]! ^ 0x9e3779b9) | 0;
    this.#c = stream | 0;
    for (let k = 0; k < 15; k++) this.next();
  }

  /** A 32-bit unsigned integer. */
  next(): number {
    const total = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (this.#c << 21) | (this.#c >>> 11);
    this.#c = (this.#c + total) | 0;
    return total >>> 0;
  }

  /** Uniform in [0, 1). */
  uniform(): number {
    return this.next() / 4294967296;
  }

  /** An integer in [0, n). */
  below(n: number): number {
    return Math.floor(this.uniform() * n);
  }

  /** Puts the items into a random order, in place (Fisher and Yates). */
  shuffle(items: unknown[]): void {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const item = items[i];
      items[i] = items[j];
      items[j] = item;
    }
  }

  /** Standard normal (Box and Muller). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }
}
