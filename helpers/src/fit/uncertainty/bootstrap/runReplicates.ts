import type { Resampler } from "./Resampler.ts";

/** Results of consecutive replicates: parameters row by row, objectives, whether the optimiser converged. */
export interface ReplicateChunk {
  readonly samples: Float64Array;
  readonly values: Float64Array;
  readonly converged: Uint8Array;
}

/** Runs replicates from <= k < to. */
export function runReplicates(resampler: Resampler, from: number, to: number): ReplicateChunk {
  const p = resampler.theta.length;
  const samples = new Float64Array((to - from) * p);
  const values = new Float64Array(to - from);
  const converged = new Uint8Array(to - from);
  for (let k = from; k < to; k++) {
    resampler.run(k);
    samples.set(resampler.theta, (k - from) * p);
    values[k - from] = resampler.value;
    converged[k - from] = resampler.converged ? 1 : 0;
  }
  return { samples, values, converged };
}
