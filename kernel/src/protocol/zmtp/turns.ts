/** Who has bytes to read. */
export interface Reader {
  /** Reads a little; false when there is more. */
  readSome(): boolean;
  /** There was no more. */
  onRead(): void;
}

/** Of each round of the event loop, what is read after which everything else has its turn. */
const roundMs = 5;

const waiting: Reader[] = [];
let isScheduled = false;

/**
 * Reads what a connection sent: at once, or, where there is much of it or others wait as well, in turns with them. So
 * however many send without an end, everybody is heard.
 *
 * @returns whether all was read; else `onRead` says when
 */
export function readInTurn(reader: Reader): boolean {
  if (waiting.length === 0 && reader.readSome()) return true;
  waiting.push(reader);
  schedule();
  return false;
}

function schedule(): void {
  if (isScheduled || waiting.length === 0) return;
  isScheduled = true;
  setImmediate(() => {
    isScheduled = false;
    const end = performance.now() + roundMs;
    for (let next = waiting.shift(); next; next = performance.now() < end ? waiting.shift() : undefined) {
      if (next.readSome()) next.onRead();
      else waiting.push(next);
    }
    schedule();
  });
}
