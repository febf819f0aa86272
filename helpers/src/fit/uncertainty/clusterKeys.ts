import type { CovarianceKind } from "./CovarianceKind.ts";
import { clusterNote } from "./methodNotes.ts";

/** Which runs belong together, one key per run. */
export type ClusterKeys = readonly (string | number)[];

const fewest = 10;

/**
 * The clusters, checked: their sums stand for independent pieces of evidence, and of a handful nothing can be learnt.
 *
 * @returns what is to be said of them in words, undefined where they are enough
 * @throws RangeError where there is not one key per run, or there are fewer than ten clusters
 */
export function checkClusters(
  keys: ClusterKeys,
  n: number,
  kind: CovarianceKind = "HC1",
): string | undefined {
  if (keys.length !== n) {
    throw new RangeError(`clusters must have one key per run (${n}), got ${keys.length}`);
  }
  if (kind !== "sandwich" && kind !== "HC1") {
    throw new RangeError(`clusters need kind "sandwich", got "${kind}"; leave one of the two out`);
  }
  const count = new Set(keys).size;
  if (count < fewest) {
    throw new RangeError(
      `clusters must be at least ${fewest} to say how sure a fit is, got ${count}; leave them out, or treat each run as ` +
        'its own with kind "wild" or "HC3"',
    );
  }
  return clusterNote(count);
}
