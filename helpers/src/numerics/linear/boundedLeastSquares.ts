import { choleskyFactor, choleskySolve } from "./cholesky.ts";

/**
 * Minimises `c' G c - 2 c' h` for a small symmetric G (m x m, row-major), with c[k] >= 0 where `nonNegative[k]`.
 *
 * Up to four unknowns every choice of active set is tried, so the answer is exact; beyond that, the most negative
 * coefficient is dropped until none is left, which is enough for a starting point. Writes c and returns the value.
 */
export class BoundedLeastSquares {
  readonly #m: number;
  readonly #a: Float64Array;
  readonly #b: Float64Array;
  readonly #index: Int32Array;
  readonly #used: Uint8Array;
  readonly #best: Float64Array;

  constructor(m: number) {
    this.#m = m;
    this.#a = new Float64Array(m * m);
    this.#b = new Float64Array(m);
    this.#index = new Int32Array(m);
    this.#best = new Float64Array(m);
    this.#used = new Uint8Array(m);
  }

  solve(g: Float64Array, h: Float64Array, nonNegative: Uint8Array, c: Float64Array): number {
    const m = this.#m;
    const used = this.#used.fill(1);
    let value = this.#onSubset(g, h, nonNegative, c);
    if (value < Infinity) return value;
    if (m > 4) return this.#dropping(g, h, nonNegative, c);
    this.#best.fill(0);
    value = 0;
    for (let subset = (1 << m) - 2; subset > 0; subset--) {
      for (let k = 0; k < m; k++) used[k] = (subset >> k) & 1;
      const candidate = this.#onSubset(g, h, nonNegative, c);
      // Of columns that are one to rounding the same is chosen every time.
      if (candidate < value + 1e-13 * value) {
        value = candidate;
        this.#best.set(c);
        if (this.#isLowest(g, h, nonNegative, c)) break;
      }
    }
    c.set(this.#best);
    return value;
  }

  /** Whether every unknown left out would only raise the value: the problem is convex, so no other choice is lower. */
  #isLowest(g: Float64Array, h: Float64Array, nonNegative: Uint8Array, c: Float64Array): boolean {
    const m = this.#m;
    for (let k = 0; k < m; k++) {
      if (this.#used[k]) continue;
      let slope = -h[k]!;
      for (let j = 0; j < m; j++) slope += g[k * m + j]! * c[j]!;
      if (!nonNegative[k] || !(slope > 0)) return false;
    }
    return true;
  }

  #dropping(g: Float64Array, h: Float64Array, nonNegative: Uint8Array, c: Float64Array): number {
    for (;;) {
      let worst = -1;
      for (let k = 0; k < this.#m; k++) {
        if (this.#used[k] && nonNegative[k] && (worst < 0 || c[k]! < c[worst]!)) worst = k;
      }
      if (worst < 0) break;
      this.#used[worst] = 0;
      const value = this.#onSubset(g, h, nonNegative, c);
      if (value < Infinity) return value;
    }
    c.fill(0);
    return 0;
  }

  /** The value on the unknowns in use, Infinity when it is singular or breaks a sign. */
  #onSubset(g: Float64Array, h: Float64Array, nonNegative: Uint8Array, c: Float64Array): number {
    const m = this.#m;
    const a = this.#a;
    const b = this.#b;
    const index = this.#index;
    let size = 0;
    for (let k = 0; k < m; k++) if (this.#used[k]) index[size++] = k;
    for (let i = 0; i < size; i++) {
      b[i] = h[index[i]!]!;
      for (let j = 0; j <= i; j++) a[i * size + j] = g[index[i]! * m + index[j]!]!;
    }
    c.fill(0);
    if (!choleskyFactor(a, size)) return Infinity;
    choleskySolve(a, size, b);
    let value = 0;
    let allowed = true;
    for (let i = 0; i < size; i++) {
      const k = index[i]!;
      c[k] = b[i]!;
      if (b[i]! < 0 && nonNegative[k]) allowed = false;
      value -= b[i]! * h[k]!;
    }
    return allowed ? value : Infinity;
  }
}
