/** A heap of numbered items, the least key first; of equal keys the one that was put in first. */
export class Heap {
  #keys: Float64Array = new Float64Array(64);
  #orders: Float64Array = new Float64Array(64);
  #items: Int32Array = new Int32Array(64);
  #pushed = 0;
  size = 0;

  /** The least key; Infinity when nothing is left. */
  get least(): number {
    return this.size > 0 ? this.#keys[0]! : Infinity;
  }

  push(key: number, item: number): void {
    if (this.size === this.#keys.length) this.#grow();
    let at = this.size++;
    const order = this.#pushed++;
    while (at > 0) {
      const above = (at - 1) >> 1;
      // What was put in later is never less than what has the same key.
      if (this.#keys[above]! <= key) break;
      this.#move(above, at);
      at = above;
    }
    this.#put(at, key, order, item);
  }

  /** Takes out the item of the least key. */
  pop(): number {
    const top = this.#items[0]!;
    const last = --this.size;
    const key = this.#keys[last]!;
    const order = this.#orders[last]!;
    const item = this.#items[last]!;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= last) break;
      if (below + 1 < last && this.#before(below + 1, this.#keys[below]!, this.#orders[below]!)) below++;
      if (!this.#before(below, key, order)) break;
      this.#move(below, at);
      at = below;
    }
    this.#put(at, key, order, item);
    return top;
  }

  #before(at: number, key: number, order: number): boolean {
    const own = this.#keys[at]!;
    return own < key || (own === key && this.#orders[at]! < order);
  }

  #move(from: number, to: number): void {
    this.#put(to, this.#keys[from]!, this.#orders[from]!, this.#items[from]!);
  }

  #put(at: number, key: number, order: number, item: number): void {
    this.#keys[at] = key;
    this.#orders[at] = order;
    this.#items[at] = item;
  }

  #grow(): void {
    const size = 2 * this.#keys.length;
    const keys = new Float64Array(size);
    const orders = new Float64Array(size);
    const items = new Int32Array(size);
    keys.set(this.#keys);
    orders.set(this.#orders);
    items.set(this.#items);
    this.#keys = keys;
    this.#orders = orders;
    this.#items = items;
  }
}
