import type { Cancellation } from "./Cancellation.ts";
import type { ResamplingTask } from "./Resampler.ts";
import type { ReplicateChunk } from "./runReplicates.ts";

// What pages are given: they start no threads, so what starts them would only be carried. In the build for Node
// hostThreads.ts stands here.

/** Processor cores this program may use; 1 where that is not known. */
export function cores(): number {
  return 1;
}

/**
 * Runs the replicates on worker threads; false, having done nothing, where there are none: in a browser, for a law
 * that cannot travel because it is not built in, or where the program may not start any. Threads are always gone when
 * the promise settles.
 */
export async function runOnThreads(
  _task: ResamplingTask,
  _total: number,
  _threads: number,
  _store: (from: number, chunk: ReplicateChunk) => void,
  _onProgress?: (done: number, total: number) => void,
  _signal?: Cancellation,
): Promise<boolean> {
  return false;
}
