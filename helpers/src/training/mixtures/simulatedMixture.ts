import { refusal, requirePositive, requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { Random } from "../../numerics/random/Random.ts";
import { drawDirichlet } from "./dirichletShares.ts";
import type { MixtureResponse } from "./MixtureResponse.ts";

/** The mean of the best of many mixtures. */
export interface SimulatedMixture<Source extends string = string> {
  /** Mean shares of the best; they sum to 1. */
  readonly shares: Readonly<Record<Source, number>>;
  /** Standard deviation of each share among the best. */
  readonly spread: Readonly<Record<Source, number>>;
  /** Mean response of the best. */
  readonly value: number;
}

/**
 * RegMix's way to a mixture: draw many from a Dirichlet distribution around a prior, rank them by the response and take the
 * mean of the best. For responses without a useful gradient, such as trees, and for lines, whose minimum is a corner: the
 * prior keeps it near what was measured, and is as much a part of the answer as the runs.
 *
 * @param response of one target
 * @param options prior shares by source (renormalised), `concentration` (default 1) times which they are the Dirichlet
 *   distribution's parameters, number of draws (default 100,000) and of the best (default 128), seed (default 0)
 * @throws RangeError when a prior share is not > 0 or there are fewer draws than best
 *
 * Source: Liu et al. 2024 (arXiv 2407.01492), sail-sg/regmix, regression_fitting/regression.ipynb, cells 16 to 18.
 *
 * @example
 * import { simulatedMixture } from "isoflop";
 * const response = { sources: ["web", "code"] as const, losses: ([web]: Readonly<Float64Array>) => (web! - 0.7) ** 2 };
 * simulatedMixture(response, { prior: { web: 1, code: 1 }, draws: 10000, best: 10 }).shares.web; // => 0.7001
 */
export function simulatedMixture<Source extends string>(
  response: MixtureResponse<Source>,
  options: {
    readonly prior: Readonly<Record<Source, number>>;
    readonly concentration?: number;
    readonly draws?: number;
    readonly best?: number;
    readonly seed?: number;
  },
): SimulatedMixture<Source> {
  requireOptions("simulatedMixture", options, ["prior", "concentration", "draws", "best", "seed"]);
  const { prior, concentration = 1, draws = 100_000, best = 128, seed = 0 } = options;
  requireWhole("best", best, 1, "128 is what RegMix took");
  requireWhole("draws", draws, best, "100000 is what RegMix took");
  requirePositive("concentration", concentration, "1 is what RegMix took");
  const { sources } = response;
  const total = sources.reduce((sum, source) => sum + prior[source], 0);
  const alphas = sources.map((source) => {
    if (!(prior[source] > 0))
      throw refusal(`the prior of ${source}`, "must be > 0", prior[source], "leave it out");
    return (concentration * prior[source]) / total;
  });
  const random = new Random(seed, 0);
  const found = Array.from({ length: draws }, () => {
    const shares = drawDirichlet(alphas, random);
    const losses = response.losses(shares, {});
    return { shares, loss: typeof losses === "number" ? losses : losses[0]! };
  })
    .sort((a, b) => a.loss - b.loss)
    .slice(0, best);
  const means = sources.map((_, i) => found.reduce((sum, { shares }) => sum + shares[i]!, 0) / best);
  const spreads = means.map((middle, i) =>
    Math.sqrt(found.reduce((sum, { shares }) => sum + (shares[i]! - middle) ** 2, 0) / best),
  );
  const bySource = (values: readonly number[]) =>
    Object.fromEntries(sources.map((source, i) => [source, values[i]!])) as Record<Source, number>;
  return {
    shares: bySource(means),
    spread: bySource(spreads),
    value: found.reduce((sum, { loss }) => sum + loss, 0) / best,
  };
}
