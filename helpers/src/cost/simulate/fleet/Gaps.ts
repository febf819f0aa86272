/** Seconds between tokens, each with how many times it came; exact, however many there are. */
export class Gaps {
  #seconds: Float64Array = new Float64Array(1024);
  #weights: Float64Array = new Float64Array(1024);
  #size = 0;
  total = 0;
  #sum = 0;

  add(seconds: number, weight: number): void {
    if (this.#size === this.#seconds.length) {
      const more = (old: Float64Array): Float64Array => {
        const longer = new Float64Array(2 * old.length);
        longer.set(old);
        return longer;
      };
      this.#seconds = more(this.#seconds);
      this.#weights = more(this.#weights);
    }
    this.#seconds[this.#size] = seconds;
    this.#weights[this.#size++] = weight;
    this.total += weight;
    this.#sum += seconds * weight;
  }

  get mean(): number {
    return this.total > 0 ? this.#sum / this.total : Number.NaN;
  }

  /** Quantiles as of the sorted list in which every gap stands as often as it came: the nearest from below. */
  quantiles(shares: readonly number[]): number[] {
    const order = new Uint32Array(this.#size);
    for (let i = 0; i < this.#size; i++) order[i] = i;
    const seconds = this.#seconds;
    order.sort((a, b) => seconds[a]! - seconds[b]!);
    const found: number[] = [];
    let passed = 0;
    let at = 0;
    for (const share of shares) {
      const wanted = share * (this.total - 1);
      while (at < this.#size && passed + this.#weights[order[at]!]! <= wanted) {
        passed += this.#weights[order[at++]!]!;
      }
      found.push(this.#size > 0 ? seconds[order[Math.min(at, this.#size - 1)]!]! : Number.NaN);
    }
    return found;
  }
}
