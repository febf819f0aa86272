import type { Watching } from "../fit/loadTable.ts";
import { ProgressLine } from "../ProgressLine.ts";
import { abortOnInterrupt } from "../terminal/abortOnInterrupt.ts";

/** Does the work of a command that somebody may end with Ctrl-C, of which nothing is then left. */
export async function untilInterrupted(work: (watching: Watching) => Promise<void>): Promise<void> {
  const progress = new ProgressLine();
  const interrupt = abortOnInterrupt(() => progress.log("stopping"));
  const { signal } = interrupt;
  try {
    await work({ signal, progress });
  } catch (error) {
    if (!signal.aborted) throw error;
    progress.clear();
    console.error("isoflop: interrupted; nothing was written");
    process.exitCode = 130;
  } finally {
    progress.clear();
    interrupt.dispose();
  }
}
