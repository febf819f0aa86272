import type { Fit } from "../../fit/FitResult.ts";
import { fit } from "../../fit/fit.ts";
import { huber } from "../../fit/losses/huber.ts";
import type { Loss } from "../../fit/losses/Loss.ts";
import { dataConstrained } from "../../laws/limitedData/dataConstrained.ts";
import { muennighoff2023Fresh } from "../../laws/limitedData/publishedDataConstrained.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";
import { type FreshLaw, requireFreshLaw } from "./requireLimitedDataLaw.ts";

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
  /** The law of fresh data, which is held. Default `muennighoff2023Fresh`, as published. `refit`: all seven are fitted. */
  readonly fresh?: "refit" | FreshLaw;
  /** Default `huber(1e-3)` of ln, as published. */
  readonly loss?: Loss;
}

/** A fit of `dataConstrained`. */
export type DataConstrainedFit = Fit<
  "nParams" | "nTokens" | "uniqueTokens",
  "E" | "A" | "B" | "alpha" | "beta" | "rStarTokens" | "rStarParams",
  "loss"
>;

/** R* is looked for from .01 repetitions to so many: beyond the epochs that anybody has run, no decay at all. */
export const rStarLimit = 1e6;
const range = [0.01, rStarLimit] as const;

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
 * On the 182 public runs the published pair (15.4, 5.3) is one of the minima; the lowest lies at 95.4, 1.7. The held law
 * predicts the runs that repeat nothing 13 % too low, which the two R* make up for as they can: with `fresh: "refit"` the
 * objective falls to .0066 and R_D* is 25.6.
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
  return lowestFit(runs, fresh, loss);
}

/**
 * The lowest minimum that the starts lead to.
 *
 * @param near where to start when all seven are fitted; without it the fit's own search looks for starts
 */
export function lowestFit(
  runs: readonly LimitedDataRun[],
  fresh: NonNullable<FitRStarOptions["fresh"]>,
  loss: Loss,
  near?: DataConstrainedFit["parameters"],
): DataConstrainedFit {
  const rows = runs.map(({ nParams, nTokens, uniqueTokens, loss: nats }) => ({
    nParams,
    nTokens,
    uniqueTokens,
    loss: nats,
  }));
  const bounds = { rStarTokens: range, rStarParams: range };
  if (fresh === "refit" && !near) return fit(dataConstrained, rows, { loss, bounds });
  let constants: Pick<DataConstrainedFit["parameters"], "E" | "A" | "B" | "alpha" | "beta"> = near!;
  let fixed = {};
  if (fresh !== "refit") {
    constants = requireFreshLaw(fresh);
    fixed = constants;
  }
  const pairs = near ? [[near.rStarTokens, near.rStarParams] as const, ...starts.slice(1, 6)] : starts;
  let best: DataConstrainedFit | undefined;
  for (const [rStarTokens, rStarParams] of pairs) {
    const found = fit(dataConstrained, rows, {
      loss,
      fixed,
      bounds,
      start: { ...constants, rStarTokens, rStarParams },
    });
    if (!best || found.objective < best.objective) best = found;
  }
  return best!;
}
