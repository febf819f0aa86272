import type { Fit } from "../../fit/FitResult.ts";
import { fit } from "../../fit/fit.ts";
import { huber } from "../../fit/losses/huber.ts";
import type { Loss } from "../../fit/losses/Loss.ts";
import { dataConstrained } from "../../laws/limitedData/dataConstrained.ts";
import { muennighoff2023Fresh } from "../../laws/limitedData/publishedDataConstrained.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";

/** A run on limited data. */
export interface LimitedDataRun {
  readonly nParams: number;
  /** Tokens seen in all, repeats counted. */
  readonly nTokens: number;
  /** Different tokens among them. */
  readonly uniqueTokens: number;
  /** Nats per token. */
  readonly loss: number;
}

/** What is held, and how residuals are weighed. */
export interface FitRStarOptions {
  /** The law of fresh data, which is held. Default `muennighoff2023Fresh`, as published. */
  readonly fresh?: {
    readonly parameters: Readonly<Record<"E" | "A" | "B" | "alpha" | "beta", number>>;
  };
  /** Default `huber(1e-3)` of ln, as published. */
  readonly loss?: Loss;
}

/** The names of a run's variables and of its response. */
type DataConstrainedFit = Fit<
  "nParams" | "nTokens" | "uniqueTokens",
  "E" | "A" | "B" | "alpha" | "beta" | "rStarTokens" | "rStarParams",
  "loss"
>;

/** R* is looked for from .01 repetitions to so many: beyond the epochs that anybody has run, no decay at all. */
export const rStarLimit = 1e6;

// The surface has minima decades apart, and the usual search's best cell need not lead to the lowest.
const starts = [
  [2, 10],
  [8, 0.5],
  [15, 5],
  [20, 40],
  [60, 2],
  [100, 1.5],
  [1e3, 1],
  [1e5, 0.5],
] as const;

/**
 * The decay of repeated data, R_D* and R_N*, from runs on limited data, with the law of fresh data held: the lowest of
 * the minima that eight starts lead to, sum of Huber's loss (delta .001) of ln residuals.
 *
 * On the 182 public runs the published pair (15.4, 5.3) is one of the minima; the lowest lies at 95.4, 1.7.
 *
 * Source: Muennighoff et al. 2023 (arXiv 2305.16264), appendix A (objective; their starts end at 20).
 *
 * @returns a fit of `dataConstrained` whose other five parameters are fixed; an R* of 1e6 means that no decay is seen.
 * @throws RangeError when there are no runs or a run is not usable.
 *
 * @example
 * ```ts
 * import { fitRStar } from "isoflop";
 * import { muennighoffRuns } from "isoflop-datasets";
 * const { parameters, objective } = fitRStar(muennighoffRuns());
 * parameters.rStarTokens; // => 95.4
 * objective; // => 0.0158047
 * ```
 */
export function fitRStar(runs: readonly LimitedDataRun[], options: FitRStarOptions = {}): DataConstrainedFit {
  requireRows("fitRStar", runs);
  requireOptions("fitRStar", options, ["fresh", "loss"]);
  const { fresh = muennighoff2023Fresh, loss = huber(1e-3) } = options;
  const { E, A, B, alpha, beta } = fresh.parameters;
  const fixed = { E, A, B, alpha, beta };
  const rows = runs.map(({ nParams, nTokens, uniqueTokens, loss: nats }) => ({
    nParams,
    nTokens,
    uniqueTokens,
    loss: nats,
  }));
  const range = [0.01, rStarLimit] as const;
  let best: DataConstrainedFit | undefined;
  for (const [rStarTokens, rStarParams] of starts) {
    const found = fit(dataConstrained, rows, {
      loss,
      fixed,
      bounds: { rStarTokens: range, rStarParams: range },
      start: { ...fixed, rStarTokens, rStarParams },
    });
    if (!best || found.objective < best.objective) best = found;
  }
  return best!;
}
