/** Requests in the order of arrival; those that were thrown out stand before all others, the latest thrown out first. */
export class WaitingLine {
  #queue: Int32Array = new Int32Array(64);
  #head = 0;
  #tail = 0;
  readonly #returned: number[] = [];

  get length(): number {
    return this.#returned.length + this.#tail - this.#head;
  }

  /** Who is next; -1 when nobody waits. */
  get first(): number {
    if (this.#returned.length > 0) return this.#returned[this.#returned.length - 1]!;
    return this.#tail > this.#head ? this.#queue[this.#head]! : -1;
  }

  add(request: number): void {
    if (this.#tail === this.#queue.length) {
      const left = this.#queue.subarray(this.#head, this.#tail);
      const queue = new Int32Array(Math.max(64, 2 * left.length));
      queue.set(left);
      this.#tail = left.length;
      this.#head = 0;
      this.#queue = queue;
    }
    this.#queue[this.#tail++] = request;
  }

  giveBack(request: number): void {
    this.#returned.push(request);
  }

  take(): void {
    if (this.#returned.length > 0) this.#returned.pop();
    else this.#head++;
  }
}
