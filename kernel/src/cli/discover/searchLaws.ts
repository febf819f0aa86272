import { setImmediate } from "node:timers/promises";
import { type DiscoverOptions, type Discovery, discoverInSteps } from "isoflop";
import type { DiscoverTableRows } from "../../answers/discover/readDiscoverRows.ts";
import type { Watching } from "../inputs/withTables.ts";

/** In milliseconds: how long a search works before it looks whether somebody wants it to stop. */
const spell = 50;

/**
 * Finds the law of a table, tells how far it is, and stops when it is told to.
 *
 * @param name what the table is called
 */
export async function searchLaws(
  name: string,
  { rows }: DiscoverTableRows,
  options: DiscoverOptions,
  { signal, progress }: Watching,
): Promise<Discovery> {
  const steps = discoverInSteps(rows, options);
  for (let end = performance.now() + spell; ; ) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() < end) continue;
    await setImmediate();
    signal.throwIfAborted();
    const { doing, done, total } = step.value;
    progress.step(`${name}: ${doing}, ${done} of ${total}`);
    end = performance.now() + spell;
  }
}
