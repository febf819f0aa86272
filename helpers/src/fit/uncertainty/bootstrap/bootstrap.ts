import { isWhole, refusal } from "../../../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../../numerics/arguments/requireOptions.ts";
import type { Table } from "../../objective/readRuns.ts";
import { type ClusterKeys, checkClusters } from "../clusterKeys.ts";
import { type Estimate, unidentified } from "../Estimate.ts";
import { bootstrapNotes } from "../methodNotes.ts";
import { Bootstrap } from "./BootstrapResult.ts";
import type { Cancellation } from "./Cancellation.ts";
import { type BootstrapKind, Resampler, type ResamplingTask } from "./Resampler.ts";
import { type ReplicateChunk, runReplicates } from "./runReplicates.ts";
import { cores, runOnThreads } from "./threads.ts";

/** How `Fit.bootstrap` draws its replicates, and how many. */
export interface BootstrapOptions {
  /** Number of replicates. Default 1000; 4000 for 95 % limits to about two digits. */
  readonly resamples?: number;
  /**
   * Replicate k depends on the seed and k only. Default 0. For pairs the resamples are those of numpy:
   * `np.random.seed(seed)`, then `np.random.choice(n, n)` for each replicate.
   */
  readonly seed?: number;
  /**
   * `pairs` (default): draw runs. `cluster`: draw clusters of runs that belong together. `residual`: keep the runs'
   * variables, draw residuals. `wild`: keep the variables, flip residuals' signs (by cluster if `clusters` is given),
   * which allows for noise that differs between runs. Residuals are first made as large as the noise, by their leverage;
   * with 20 runs 95 % limits of these two hold the truth in about 92 %, those of pairs in 95 (docs/coverage.md).
   */
  readonly kind?: BootstrapKind;
  /** Which runs belong together, one key per run. Default for `cluster`: runs with equal variables. */
  readonly clusters?: ClusterKeys;
  /**
   * With `wild`, one flag a run: those that are no measurement but known, such as a limit that the law shall meet, keep the
   * fitted value. Much leverage would otherwise turn their misfit into noise many times as large.
   */
  readonly exact?: readonly boolean[];
  /** Threads to use. Default: all cores when the work is worth it. The result is the same for any number. */
  readonly threads?: number;
  readonly onProgress?: (done: number, total: number) => void;
  /** An AbortSignal; when aborted, the promise rejects with its reason and no thread is left running. */
  readonly signal?: Cancellation;
}

/** Below this many row-replicates starting threads costs more than they save. */
const worthThreads = 3e6;

/** Estimates the sampling distribution of a fit's parameters; see `Fit.bootstrap`. */
export async function bootstrap<V extends string, P extends string, R extends string>(
  estimate: Estimate<V, P, R>,
  options: BootstrapOptions = {},
): Promise<Bootstrap<V, P, R>> {
  requireOptions("bootstrap", options, [
    "resamples",
    "seed",
    "kind",
    "clusters",
    "exact",
    "threads",
    "onProgress",
    "signal",
  ]);
  const { resamples = 1000, seed = 0, kind = "pairs", signal, onProgress, exact } = options;
  if (!isWhole(resamples, 2, 1e7)) {
    throw refusal("resamples", "must be an integer from 2 to 1e7", resamples, "4000 is usual");
  }
  if (!isWhole(seed, 0, 0xffffffff)) {
    throw refusal("seed", "must be an integer from 0 to 4294967295", seed, "42 is usual");
  }
  requireOneOf("kind", kind, ["pairs", "cluster", "residual", "wild"]);
  const method = bootstrapNotes(estimate, kind, exact);
  const open = unidentified(estimate);
  if (open) throw new RangeError(`a bootstrap would only say how the search ends; the fit is ${open}`);
  const clusters = clustersOf(estimate.table, kind, options.clusters);
  const note = clusters && checkClusters([...clusters], estimate.table.n);
  const task: ResamplingTask = {
    law: estimate.law,
    table: estimate.table,
    options: estimate.options,
    z: estimate.minimum.z,
    inverseHessian: estimate.minimum.inverseHessian,
    kind,
    seed,
    ...(clusters && { clusters }),
    exact,
  };
  const p = estimate.law.parameters.length;
  const samples = new Float64Array(resamples * p);
  const values = new Float64Array(resamples);
  const converged = new Uint8Array(resamples);
  const threads = options.threads ?? (estimate.table.n * resamples > worthThreads ? cores() : 1);
  if (!isWhole(threads, 1)) {
    throw refusal("threads", "must be an integer >= 1", threads, "leave it out for all");
  }
  const store = (from: number, chunk: ReplicateChunk) => {
    samples.set(chunk.samples, from * p);
    values.set(chunk.values, from);
    converged.set(chunk.converged, from);
  };
  const onThreads = threads > 1 && (await runOnThreads(task, resamples, threads, store, onProgress, signal));
  if (!onThreads) await runHere(task, resamples, store, onProgress, signal);
  const notes = note ? [note, ...method] : method;
  return new Bootstrap(estimate, task, { samples, values, converged }, notes);
}

declare const setTimeout: (callback: () => void, milliseconds: number) => unknown;

/** One thread: in slices, so that progress shows and an abort is heard. */
async function runHere(
  task: ResamplingTask,
  total: number,
  store: (from: number, chunk: ReplicateChunk) => void,
  onProgress?: (done: number, total: number) => void,
  signal?: Cancellation,
): Promise<void> {
  const resampler = new Resampler(task);
  let slice = 16;
  for (let done = 0; done < total; ) {
    if (signal?.aborted) throw signal.reason ?? new Error("aborted");
    const to = Math.min(total, done + slice);
    const started = Date.now();
    store(done, runReplicates(resampler, done, to));
    if (Date.now() - started < 50) slice *= 2;
    done = to;
    onProgress?.(done, total);
    if (done < total) await new Promise<void>((resolve) => setTimeout(resolve, 0));
  }
}

function clustersOf({ n, x }: Table, kind: BootstrapKind, keys?: ClusterKeys): Int32Array | undefined {
  if (keys && keys.length !== n) {
    throw new RangeError(`clusters must have one key per run (${n}), got ${keys.length}`);
  }
  if (kind !== "cluster" && !(kind === "wild" && keys)) return undefined;
  const seen = new Map<string | number, number>();
  return Int32Array.from({ length: n }, (_, i) => {
    const key = keys ? keys[i]! : x.map((column) => column[i]).join();
    if (!seen.has(key)) seen.set(key, seen.size);
    return seen.get(key)!;
  });
}
