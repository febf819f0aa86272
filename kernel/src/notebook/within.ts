import { setTimeout as delay } from "node:timers/promises";

/** The promise's value, or undefined when the seconds are over or the signal is given first. */
export async function within<T>(
  seconds: number | undefined,
  promise: Promise<T>,
  signal?: AbortSignal,
): Promise<T | undefined> {
  const waits: Promise<T | undefined>[] = [promise];
  const over = new AbortController();
  if (seconds !== undefined) {
    waits.push(delay(seconds * 1000, undefined, { signal: over.signal }).catch(() => undefined));
  }
  if (signal) {
    waits.push(
      new Promise((resolve) => {
        if (signal.aborted) resolve(undefined);
        signal.addEventListener("abort", () => resolve(undefined), { once: true, signal: over.signal });
      }),
    );
  }
  try {
    return await Promise.race(waits);
  } finally {
    over.abort();
  }
}
