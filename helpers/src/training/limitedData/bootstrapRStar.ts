import { huber } from "../../fit/losses/huber.ts";
import { resampleRows } from "../../isoflop/resampleRuns.ts";
import { muennighoff2023Fresh } from "../../laws/limitedData/publishedDataConstrained.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";
import { type FitRStarOptions, type LimitedDataRun, lowestFit } from "./fitRStar.ts";

/** A pair of R* that a resample of the runs gave. */
export interface RStarReplicate {
  /** R_D*, repetitions; 1e6 where the resample shows no decay. */
  readonly rStarTokens: number;
  /** R_N*. */
  readonly rStarParams: number;
}

/** How often, with which seed, and how each resample is fitted. */
export interface BootstrapRStarOptions extends FitRStarOptions {
  /** Default 400. */
  readonly resamples?: number;
  readonly seed?: number;
}

/**
 * Bootstrap of `fitRStar`: runs drawn with replacement and fitted again, each to its lowest minimum. Resample r depends on
 * the seed and r alone.
 *
 * @throws RangeError when there are no runs or an option is not usable.
 *
 * @example
 * ```ts
 * import { bootstrapRStar } from "isoflop";
 * import { muennighoffRuns } from "isoflop-datasets";
 * bootstrapRStar(muennighoffRuns(), { resamples: 3, seed: 1 }).length; // => 3
 * ```
 */
export function bootstrapRStar(
  runs: readonly LimitedDataRun[],
  options: BootstrapRStarOptions = {},
): RStarReplicate[] {
  requireRows("bootstrapRStar", runs);
  requireOptions("bootstrapRStar", options, ["resamples", "seed", "fresh", "loss"]);
  const { resamples = 400, seed = 1, fresh = muennighoff2023Fresh, loss = huber(1e-3) } = options;
  const near = fresh === "refit" ? lowestFit(runs, fresh, loss).parameters : undefined;
  return Array.from(resampleRows(runs.length, resamples, seed, "bootstrap"), (rows) => {
    const drawn = Array.from(rows, (row) => runs[row]!);
    const { rStarTokens, rStarParams } = lowestFit(drawn, fresh, loss, near).parameters;
    return { rStarTokens, rStarParams };
  });
}
