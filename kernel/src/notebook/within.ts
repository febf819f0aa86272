import { setTimeout as delay } from "node:timers/promises";

/** What a timer of Node can wait, 24 days; told to wait longer it does not wait at all. */
const longestMs = 2 ** 31 - 1;

/** The promise's value, or undefined when the seconds are over or the signal is given first. */
export async function within<T>(
  seconds: number | undefined,
  promise: Promise<T>,
  signal?: AbortSignal,
): Promise<T | undefined> {
  const waits: Promise<T | undefined>[] = [promise];
  const over = new AbortController();
  if (seconds !== undefined) {
    waits.push(
      delay(Math.min(seconds * 1000, longestMs), undefined, { signal: over.signal }).catch(() => undefined),
    );
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
