import { decayedCopies } from "../../laws/limitedData/decayedCopies.ts";
import { logBalancedParams } from "../../laws/limitedData/logBalancedParams.ts";
import { requireAbove, requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { exp } from "../../numerics/exp.ts";
import { type DataConstrainedConstants, requireLimitedDataLaw } from "./requireLimitedDataLaw.ts";

/** A training run on limited data, and the law to judge it by. */
export interface TokenExchangeOptions {
  readonly nParams: number;
  /** Tokens seen in all, repeats counted. */
  readonly nTokens: number;
  /** Different tokens that there are. */
  readonly uniqueTokens: number;
  readonly law: DataConstrainedConstants;
  /** FLOP per parameter and token. Default 6. */
  readonly flopsPerParamToken?: number;
}

/** What the next token brings. */
export interface TokenExchange {
  /** Nats per token of loss that seeing one repeated token more takes off. */
  readonly perRepeatedToken: number;
  /** The same for one token more that was never seen. */
  readonly perFreshToken: number;
  /** Repeated tokens that one fresh token replaces; 1 where nothing is repeated and the model has no excess parameters. */
  readonly repeatsPerFresh: number;
  /** Training FLOPs that one fresh token saves at equal loss: times a price, what it may cost. */
  readonly flopsPerFresh: number;
}

/**
 * What one more unique token is worth against one more token of another epoch: the law's slopes in the run's point. A fresh
 * token counts in full, raises the worth of all repeats and the size at which parameters decay; a repeated one counts
 * `e^(-(epochs - 1) / R_D*)`.
 *
 * Source: derivatives of Muennighoff et al. 2023 (arXiv 2305.16264), appendix A.
 *
 * @throws RangeError when a count is not > 0 or a constant of the law is missing.
 *
 * @example
 * ```ts
 * import { muennighoff2023, tokenExchange } from "isoflop";
 * const run = { nParams: 6.34e9, nTokens: 242e9, uniqueTokens: 25e9, law: muennighoff2023 };
 * tokenExchange(run).repeatsPerFresh; // => 11.27
 * ```
 */
export function tokenExchange(options: TokenExchangeOptions): TokenExchange {
  requireOptions("tokenExchange", options, [
    "nParams",
    "nTokens",
    "uniqueTokens",
    "law",
    "flopsPerParamToken",
  ]);
  const { nParams, nTokens, uniqueTokens, law, flopsPerParamToken = 6 } = options;
  requirePositive("nParams", nParams, "give the parameters of the model, such as 7e9");
  requirePositive("nTokens", nTokens, "give the tokens seen in training, repeats counted, such as 100e9");
  requirePositive("uniqueTokens", uniqueTokens, "give the different tokens there are, such as 25e9");
  requireAbove("flopsPerParamToken", flopsPerParamToken, 0, "the usual value is 6");
  const { A, B, alpha, beta, rStarTokens, rStarParams } = requireLimitedDataLaw(law);
  const seen = Math.min(uniqueTokens, nTokens);
  const repeats = nTokens / seen - 1;
  const worth = repeats > 0 ? exp(-repeats / rStarTokens) : 1;
  const copies = decayedCopies(repeats, rStarTokens);
  const data = beta * B * (seen * copies) ** -beta;
  const perRepeatedToken = (data * worth) / (seen * copies);

  const balanced = Math.exp(logBalancedParams(law.parameters, Math.log(seen)));
  const excess = Math.max(nParams / balanced - 1, 0);
  const sizes = decayedCopies(excess, rStarParams);
  const byBalanced = excess > 0 ? 1 - (exp(-excess / rStarParams) * (1 + excess)) / sizes : 0;
  const model = beta * A * (excess > 0 ? balanced * sizes : nParams) ** -alpha;
  const ofUnique = (data * (1 - ((1 + repeats) * worth) / copies) + model * byBalanced) / seen;
  const perFreshToken = perRepeatedToken + ofUnique;
  const repeatsPerFresh = perFreshToken / perRepeatedToken;
  return {
    perRepeatedToken,
    perFreshToken,
    repeatsPerFresh,
    flopsPerFresh: (repeatsPerFresh - 1) * flopsPerParamToken * nParams,
  };
}
