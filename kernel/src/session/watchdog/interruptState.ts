const phases = { open: 0, closed: 1, closedAndWanted: 2, terminating: 3 } as const;
const words = {
  phase: 0,
  signal: 1,
  interrupted: 2,
  received: 3,
  ended: 4,
  loading: 5,
  heard: 6,
  whole: 7,
  count: 8,
} as const;

/**
 * What the main thread and its watchdog both know, in shared memory: which cells were interrupted, taken in and
 * ended (they count up, so the latest of each says all), and whether what runs now may be terminated.
 */
export class InterruptState {
  /** What carries it to another thread. */
  readonly memory: Int32Array;
  #depth = 0;
  #ends = 0;

  constructor(memory?: Int32Array) {
    this.memory = memory ?? new Int32Array(new SharedArrayBuffer(4 * words.count));
  }

  // --- the main thread ---

  /**
   * Runs work of the executor's own that must not be cut in two. Where code is being terminated at this moment,
   * that ends the caller here, before the work; the watchdog tells when it is over.
   */
  uninterrupted<T>(work: () => T): T {
    if (this.#depth === 0) {
      const { open, closed } = phases;
      while (Atomics.compareExchange(this.memory, words.phase, open, closed) !== open);
    }
    this.#depth++;
    try {
      return work();
    } finally {
      if (--this.#depth === 0) this.#leave();
    }
  }

  /** A loop that prints is hardly ever outside of such work: the watchdog need not meet the moment, it is handed over. */
  #leave(): void {
    const { open, closed, terminating } = phases;
    if (Atomics.compareExchange(this.memory, words.phase, closed, open) === closed) return;
    Atomics.store(this.memory, words.phase, terminating);
    Atomics.notify(this.memory, words.phase);
  }

  /**
   * Loads modules: a module whose evaluation is broken off stays half for good, so the watchdog has more patience
   * meanwhile. With the cell that began it this is over: some loading never ends.
   *
   * @returns what `endLoading` is to be told
   */
  beginLoading(): number {
    Atomics.add(this.memory, words.loading, 1);
    return this.#ends;
  }

  endLoading(begun: number): void {
    if (begun === this.#ends && this.isLoading) Atomics.sub(this.memory, words.loading, 1);
  }

  /** All that a package consists of is loaded in one go, from which the main thread does not listen. */
  setLoadingWhole(isLoading: boolean): void {
    // Said before a termination begins, or after it.
    this.uninterrupted(() => Atomics.store(this.memory, words.whole, isLoading ? 1 : 0));
  }

  isInterrupted(cell: number): boolean {
    return Atomics.load(this.memory, words.interrupted) >= cell;
  }

  receive(cell: number): void {
    Atomics.store(this.memory, words.received, cell);
  }

  /** The main thread is free to listen: it has the watchdog's note of this number. */
  hear(note: number): void {
    Atomics.store(this.memory, words.heard, note);
  }

  end(cell: number): void {
    this.#ends++;
    Atomics.store(this.memory, words.loading, 0);
    Atomics.store(this.memory, words.ended, cell);
  }

  /** Blocks until the watchdog signals something that came after `seen`, or some time is over. */
  waitForSignal(seen: number): void {
    Atomics.wait(this.memory, words.signal, seen, 500);
  }

  get signals(): number {
    return Atomics.load(this.memory, words.signal);
  }

  // --- the watchdog ---

  interrupt(cell: number): void {
    if (!this.isInterrupted(cell)) Atomics.store(this.memory, words.interrupted, cell);
    this.signal();
  }

  signal(): void {
    Atomics.add(this.memory, words.signal, 1);
    Atomics.notify(this.memory, words.signal);
  }

  hasReceived(cell: number): boolean {
    return Atomics.load(this.memory, words.received) >= cell;
  }

  hasHeard(note: number): boolean {
    return Atomics.load(this.memory, words.heard) >= note;
  }

  get isLoading(): boolean {
    return Atomics.load(this.memory, words.loading) > 0;
  }

  get isLoadingWhole(): boolean {
    return Atomics.load(this.memory, words.whole) > 0;
  }

  hasEnded(cell: number): boolean {
    return Atomics.load(this.memory, words.ended) >= cell;
  }

  /** Whether what runs now may be terminated; if so, work of the executor's own waits until it is over. */
  beginTermination(): boolean {
    const { open, closed, closedAndWanted, terminating } = phases;
    if (Atomics.compareExchange(this.memory, words.phase, open, terminating) === open) return true;
    Atomics.compareExchange(this.memory, words.phase, closed, closedAndWanted);
    Atomics.wait(this.memory, words.phase, closedAndWanted, 20);
    return Atomics.load(this.memory, words.phase) === terminating;
  }

  /** @param hasTerminated - what was being loaded, if anything, is not any more */
  endTermination(hasTerminated: boolean): void {
    if (hasTerminated) {
      Atomics.store(this.memory, words.loading, 0);
      Atomics.store(this.memory, words.whole, 0);
    }
    Atomics.store(this.memory, words.phase, phases.open);
  }
}
