import { hostModule } from "./hostModule.ts";
import type { ResamplingTask } from "./Resampler.ts";
import type { ReplicateChunk } from "./runReplicates.ts";
import { threadSource } from "./threadSource.ts";
import type * as pages from "./threads.ts";

interface WorkerLike {
  on(event: "message", listener: (message: { from: number; chunk: ReplicateChunk }) => void): void;
  on(event: "error", listener: (error: unknown) => void): void;
  on(event: "exit", listener: (code: number) => void): void;
  postMessage(message: unknown): void;
  terminate(): Promise<unknown>;
}
interface ThreadsModule {
  Worker: new (source: string, options: { eval: true; workerData: unknown }) => WorkerLike;
}

/** As in threads.ts, in whose place this file stands in the build for Node. */
export const cores: typeof pages.cores = () =>
  hostModule<{ availableParallelism(): number }>("os")?.availableParallelism() ?? 1;

/** A task without functions, as it travels to another thread. */
export type PortableTask = Omit<ResamplingTask, "law" | "options"> & {
  readonly law: unknown;
  readonly options: unknown;
};

/** As in threads.ts. */
export const runOnThreads: typeof pages.runOnThreads = async (
  task,
  total,
  threads,
  store,
  onProgress,
  signal,
) => {
  const { law, options } = task;
  const module = hostModule<ThreadsModule>("worker_threads");
  const source = law.specification && module && (await threadSource());
  if (!source) return false;
  const { loss, residual, bounds, fixed, tied, priors } = options;
  const portable: PortableTask = {
    ...task,
    law: law.specification,
    options: { loss: loss?.specification, residual, bounds, fixed, tied, priors },
  };
  // Small chunks keep the threads evenly busy; each is one message.
  const size = Math.max(1, Math.min(250, Math.ceil(total / (threads * 4))));
  let next = 0;
  let done = 0;
  const workers: WorkerLike[] = [];
  try {
    const count = Math.min(threads, Math.ceil(total / size));
    while (workers.length < count) {
      workers.push(new module.Worker(source, { eval: true, workerData: portable }));
    }
    return await new Promise<boolean>((resolve, reject) => {
      const poll = setInterval(() => {
        if (signal?.aborted) reject(signal.reason ?? new Error("aborted"));
      }, 20);
      const finish = (settle: () => void) => {
        clearInterval(poll);
        settle();
      };
      const feed = (worker: WorkerLike) => {
        if (next >= total) return;
        worker.postMessage({ from: next, to: Math.min(total, next + size) });
        next += size;
      };
      for (const worker of workers) {
        worker.on("message", ({ from, chunk }) => {
          store(from, chunk);
          done += chunk.values.length;
          onProgress?.(done, total);
          if (done === total) finish(() => resolve(true));
          else feed(worker);
        });
        worker.on("error", (error) => {
          // What ails the work itself says so again on one thread.
          finish(() => (done === 0 ? resolve(false) : reject(error)));
        });
        worker.on("exit", (code) => {
          if (done < total)
            finish(() => reject(new Error(`a bootstrap thread ended early with code ${code}`)));
        });
        feed(worker);
      }
    });
  } catch (error) {
    if ((error as { code?: string } | null)?.code === "ERR_ACCESS_DENIED") return false;
    throw error;
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
};

declare const setInterval: (callback: () => void, milliseconds: number) => number;
declare const clearInterval: (timer: number) => void;
