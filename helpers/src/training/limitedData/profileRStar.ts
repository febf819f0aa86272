import { fit } from "../../fit/fit.ts";
import { huber } from "../../fit/losses/huber.ts";
import { dataConstrained } from "../../laws/limitedData/dataConstrained.ts";
import { muennighoff2023Fresh } from "../../laws/limitedData/publishedDataConstrained.ts";
import { describeGiven } from "../../numerics/arguments/describeGiven.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";
import { type FitRStarOptions, type LimitedDataRun, rStarLimit } from "./fitRStar.ts";
import { type FreshLaw, requireFreshLaw } from "./requireLimitedDataLaw.ts";
import { requireRStar } from "./requireRStar.ts";

/** The best fit at one R_D*. */
export interface RStarProfilePoint {
  readonly rStarTokens: number;
  /** The R_N* that goes with it. */
  readonly rStarParams: number;
  readonly objective: number;
}

/**
 * How well the law of repeated data can fit at each of some R_D*: the objective with R_N* at its best, the law of fresh data
 * held. A flat profile says that the runs do not tell these R_D* apart.
 *
 * @param rStars the R_D* to hold, repetitions
 * @throws RangeError when there are no runs, an R* is not > 0 or a constant of the law is not usable.
 *
 * @example
 * ```ts
 * import { profileRStar } from "isoflop";
 * import { muennighoffRuns } from "isoflop-datasets";
 * const [published, lowest] = profileRStar(muennighoffRuns(), [15.387756, 95.37]);
 * (published?.objective ?? 0) > (lowest?.objective ?? 1); // => true
 * ```
 */
export function profileRStar(
  runs: readonly LimitedDataRun[],
  rStars: readonly number[],
  options: Omit<FitRStarOptions, "fresh"> & {
    readonly fresh?: FreshLaw;
  } = {},
): RStarProfilePoint[] {
  requireRows("profileRStar", runs);
  requireOptions("profileRStar", options, ["fresh", "loss"]);
  const { fresh = muennighoff2023Fresh, loss = huber(1e-3) } = options;
  const { E, A, B, alpha, beta } = requireFreshLaw(fresh);
  if (!Array.isArray(rStars)) {
    throw new TypeError(`profileRStar needs a list of R_D*, such as [15, 95], got ${describeGiven(rStars)}`);
  }
  const rows = runs.map(({ nParams, nTokens, uniqueTokens, loss: nats }) => ({
    nParams,
    nTokens,
    uniqueTokens,
    loss: nats,
  }));
  return rStars.map((rStarTokens) => {
    requireRStar("rStarTokens", rStarTokens);
    const fixed = { E, A, B, alpha, beta, rStarTokens };
    let best: RStarProfilePoint | undefined;
    for (const rStarParams of [0.4, 2, 8, 40]) {
      const { parameters, objective } = fit(dataConstrained, rows, {
        loss,
        fixed,
        bounds: { rStarParams: [0.01, rStarLimit] },
        start: { ...fixed, rStarParams },
      });
      if (!best || objective < best.objective) {
        best = { rStarTokens, rStarParams: parameters.rStarParams, objective };
      }
    }
    return best!;
  });
}
