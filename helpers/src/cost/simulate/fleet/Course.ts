const most = 256;

/** Means over equal pieces of time, of a simulation whose end is not known when it begins. */
export class Course {
  widthS = 1e-3;
  readonly decoding: Float64Array = new Float64Array(most);
  readonly kvTokens: Float64Array = new Float64Array(most);
  readonly waiting: Float64Array = new Float64Array(most);

  add(into: Float64Array, fromS: number, seconds: number, value: number): void {
    let from = fromS;
    const to = fromS + seconds;
    while (to > this.widthS * most) this.#widen();
    while (from < to) {
      const piece = Math.min(most - 1, Math.floor(from / this.widthS));
      const end = Math.min(to, (piece + 1) * this.widthS);
      // Where rounding leaves nothing of a piece, the rest goes into it.
      const until = end > from ? end : to;
      into[piece]! += value * (until - from);
      from = until;
    }
  }

  #widen(): void {
    for (const sums of [this.decoding, this.kvTokens, this.waiting]) {
      for (let i = 0; i < most / 2; i++) sums[i] = sums[2 * i]! + sums[2 * i + 1]!;
      sums.fill(0, most / 2);
    }
    this.widthS *= 2;
  }
}
