/**
 * MT19937 with the seeding and the bounded integers of numpy's `RandomState`: `np.random.seed(s)` followed by
 * `np.random.choice(n, n)` draws what `new MersenneTwister(s)` and n calls of `below(n)` draw. So a bootstrap made
 * with numpy can be repeated resample by resample.
 *
 * Source: Matsumoto and Nishimura 1998; numpy's legacy generator (masked rejection sampling).
 */
export class MersenneTwister {
  readonly #state = new Uint32Array(624);
  #index = 624;

  constructor(seed: number) {
    const state = this.#state;
    state[0] = seed;
    for (let k = 1; k < 624; k++) {
      const previous = state[k - 1]! ^ (state[k - 1]! >>> 30);
      state[k] = Math.imul(1812433253, previous) + k;
    }
  }

  /** A 32-bit unsigned integer. */
  next(): number {
    if (this.#index === 624) this.#refill();
    let y = this.#state[this.#index++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    y ^= y >>> 18;
    return y >>> 0;
  }

  /** An integer in [0, n), n up to 2^32. */
  below(n: number): number {
    if (n === 1) return 0;
    const mask = n > 1 ? 0xffffffff >>> Math.clz32(n - 1) : 0;
    let value = (this.next() & mask) >>> 0;
    while (value >= n) value = (this.next() & mask) >>> 0;
    return value;
  }

  #refill(): void {
    const state = this.#state;
    for (let k = 0; k < 624; k++) {
      const y = (state[k]! & 0x80000000) | (state[(k + 1) % 624]! & 0x7fffffff);
      state[k] = state[(k + 397) % 624]! ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    this.#index = 0;
  }
}
