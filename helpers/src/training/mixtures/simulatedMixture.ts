import { nearestName } from "../../numerics/arguments/nearestName.ts";
import { requirePositive, requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { Random } from "../../numerics/random/Random.ts";
import { drawDirichlet } from "./dirichletShares.ts";
import type { MixtureResponse } from "./MixtureResponse.ts";
import { requireResponse } from "./requireResponse.ts";

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
 * @throws RangeError when a prior share is not > 0, there are fewer draws than best, the response has several targets or is
 *   NaN somewhere
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
  requireResponse("simulatedMixture", response);
  const { sources, targets = [""] } = response;
  if (targets.length > 1) {
    throw new RangeError(
      `simulatedMixture ranks by one target, got ${targets.join(", ")}; give a response that weighs them into one`,
    );
  }
  for (const name of Object.keys(prior ?? {})) {
    if (sources.includes(name as Source)) continue;
    throw new RangeError(`prior names no source ${name}; did you mean ${nearestName(name, sources)}?`);
  }
  const given = sources.map((source) =>
    requirePositive(`the prior of ${source}`, prior?.[source], "the response reads it; give a small one"),
  );
  const total = given.reduce((sum, share) => sum + share, 0);
  const alphas = given.map((share) => concentration * (share / total));
  const random = new Random(seed, 0);
  const found = Array.from({ length: draws }, () => {
    const shares = drawDirichlet(alphas, random);
    const losses = response.losses(shares, {});
    const loss = typeof losses === "number" ? losses : losses[0]!;
    if (Number.isNaN(loss)) {
      const at = sources.map((source, i) => `${source} ${shares[i]!.toPrecision(3)}`).join(", ");
      throw new RangeError(`the response must be a number at every mixture, got NaN at ${at}; mend it`);
    }
    return { shares, loss };
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
