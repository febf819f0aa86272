import { refusal, requireWholeBetween } from "../numerics/arguments/requireNumber.ts";
import { Random } from "../numerics/random/Random.ts";

/** How the runs are drawn anew to see how far an estimate would move. */
export type Resampling =
  /** Draw as many runs as there are, with replacement. */
  | "bootstrap"
  /** Draw this fraction of the runs, without replacement (Hoffmann et al. 2022: 0.8). */
  | { readonly subsample: number };

/**
 * Row numbers of each resample of `n` runs. Resample r depends on seed and r alone, not on the others.
 *
 * @throws RangeError if a subsample's fraction does not lie in (0, 1), or resamples is no whole number up to 1e7
 */
export function* resampleRows(
  n: number,
  resamples: number,
  seed: number,
  how: Resampling,
): Generator<Int32Array> {
  if (how !== "bootstrap" && !(how.subsample > 0 && how.subsample < 1)) {
    throw refusal("subsample", "must lie between 0 and 1", how.subsample, "Hoffmann et al. took 0.8");
  }
  requireWholeBetween("resamples", resamples, 0, 1e7, "200 is usual");
  for (let r = 0; r < resamples; r++) {
    const random = new Random(seed, r);
    if (how === "bootstrap") {
      yield Int32Array.from({ length: n }, () => random.below(n));
    } else {
      const rows = Int32Array.from({ length: n }, (_, i) => i);
      const keep = Math.max(Math.round(n * how.subsample), 1);
      for (let i = 0; i < keep; i++) {
        const j = i + random.below(n - i);
        const row = rows[i]!;
        rows[i] = rows[j]!;
        rows[j] = row;
      }
      yield rows.slice(0, keep);
    }
  }
}
