/** What asks a program to end, and would end it in the middle of its work. */
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Pieces of work that hold signals back, and those that ended too lately for a signal to have come through. */
let holding = 0;

/**
 * Does work that leaves files behind when it is cut off, without a wait in it: a signal that asks the program to end has
 * its effect right after. Nothing holds back SIGKILL; see `removeLeftOver`.
 */
export function unbroken<Result>(work: () => Result): Result {
  if (holding++ === 0) for (const signal of signals) process.prependListener(signal, takeEffect);
  try {
    return work();
  } finally {
    // A signal that came meanwhile is told in the next turn but one at the latest, after what is in hand and a look around.
    setImmediate(() => setImmediate(release));
  }
}

function release(): void {
  if (--holding === 0) stopListening();
}

function takeEffect(signal: NodeJS.Signals): void {
  // Somebody else listens and knows better what to do; this one listens first, so that all are still counted.
  if (process.listenerCount(signal) > 1) return;
  stopListening();
  process.kill(process.pid, signal);
}

function stopListening(): void {
  for (const signal of signals) process.off(signal, takeEffect);
}
