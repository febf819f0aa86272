import { withParameters } from "../../laws/definition/withParameters.ts";
import { dataConstrained } from "../../laws/limitedData/dataConstrained.ts";
import { muennighoff2023 } from "../../laws/limitedData/publishedDataConstrained.ts";
import { readReplicates } from "../../numerics/readReplicates.ts";
import type { RStarReplicate } from "./bootstrapRStar.ts";
import { rStarPairs, rStarPairsOfCost, rStarPairsRefit } from "./rStarPairs.ts";

const rStars = ["rStarTokens", "rStarParams"] as const;

/**
 * isoflop's refit of R_D* and R_N* on the 182 public runs, the law of fresh data held as published: the lowest minimum of
 * the authors' objective (.0158047, at their own constants .0158259). Take it with `rStarReplicates`: the runs hardly bound
 * R_D* from above.
 *
 * Source: `fitRStar(muennighoffRuns())`, data of Muennighoff et al. 2023 (arXiv 2305.16264).
 */
export const muennighoffRefit = withParameters(
  dataConstrained,
  { ...muennighoff2023.parameters, rStarTokens: 95.37, rStarParams: 1.706 },
  "isoflop's refit of R_D* and R_N* on the 182 runs of Muennighoff et al. 2023 (arXiv 2305.16264)",
);

/**
 * 400 pairs (R_D*, R_N*), each the refit of a bootstrap resample of the 182 public runs, 4 digits: draw from them what
 * repeated data may be worth. An R* of 1e6 stands for no decay seen, which is no rare answer. The law of fresh data is held,
 * so its own uncertainty is not in them.
 *
 * Source: `bootstrapRStar(muennighoffRuns(), { resamples: 400, seed: 1 })`, written by scripts/r-star-replicates.js.
 *
 * @example
 * ```ts
 * import { rStarReplicates } from "isoflop";
 * rStarReplicates.length; // => 400
 * ```
 */
export const rStarReplicates: readonly RStarReplicate[] = readReplicates(rStarPairs, rStars);

/**
 * As `rStarReplicates`, with all seven constants fitted to each resample: R_D* is then bounded on both sides, and parameters
 * hardly decay. No guide to what repetition costs: with the constants that go with it, R_D* = 25.6 says a fifth of what was
 * measured on the large runs (`limited-data.ipynb`). It shows how R_D* hangs on the law of fresh data.
 *
 * Source: `bootstrapRStar(muennighoffRuns(), { resamples: 400, seed: 1, fresh: "refit" })`, written by
 * scripts/r-star-replicates.js.
 *
 * @example
 * ```ts
 * import { rStarReplicatesRefit } from "isoflop";
 * rStarReplicatesRefit.length; // => 400
 * ```
 */
export const rStarReplicatesRefit: readonly RStarReplicate[] = readReplicates(rStarPairsRefit, rStars);

/**
 * isoflop's R_D* and R_N* from what repetition costs: ratios of losses of the 42 pairs of public runs with at least 1e9
 * unique tokens. What it predicts for the large runs is nearer to what was measured than `muennighoffRefit`, but half of it
 * (`muennighoff2023` is nearer still, inside the same interval): plan epochs over `repetitionCostReplicates`, and take the level
 * of the loss from runs of your own.
 *
 * Source: `fitRepetitionCost(repetitionPairs(muennighoffRuns()))` of those pairs, data of Muennighoff et al. 2023
 * (arXiv 2305.16264).
 */
export const repetitionCostRefit = withParameters(
  dataConstrained,
  { ...muennighoff2023.parameters, rStarTokens: 21.12, rStarParams: 10.66 },
  "isoflop's refit of R_D* and R_N* to ratios of losses of the runs of Muennighoff et al. 2023 (arXiv 2305.16264)",
);

/**
 * 400 pairs (R_D*, R_N*) as `repetitionCostRefit` has them, sets of pairs that share their run on fresh text drawn anew.
 *
 * Source: `bootstrapRepetitionCost` of the same pairs, seed 1, written by scripts/r-star-replicates.js.
 *
 * @example
 * ```ts
 * import { repetitionCostReplicates } from "isoflop";
 * repetitionCostReplicates.length; // => 400
 * ```
 */
export const repetitionCostReplicates: readonly RStarReplicate[] = readReplicates(rStarPairsOfCost, rStars);
