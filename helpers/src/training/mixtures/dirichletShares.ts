import { requireNames } from "../../numerics/arguments/requireNames.ts";
import { requirePositive, requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { logGammaVariate } from "../../numerics/random/logGammaVariate.ts";
import { Random } from "../../numerics/random/Random.ts";

/**
 * Draws a mixture from a Dirichlet distribution: shares that sum to 1, whose means are in the ratio of `concentration`
 * and which spread the more the smaller it is (all 1: uniform on the simplex).
 *
 * Made of gamma variates (Marsaglia and Tsang 2000), in logarithms, so that concentrations far below 1 do not underflow
 * to shares that are all 0.
 *
 * @param concentration one number > 0 a source
 * @param random a generator, which moves on with each draw
 * @throws RangeError when a concentration is not > 0
 */
export function drawDirichlet(concentration: ArrayLike<number>, random: Random): Float64Array {
  const logs = Float64Array.from(concentration, (alpha) => logGammaVariate(alpha, random));
  let top = -Infinity;
  for (const one of logs) top = Math.max(top, one);
  let total = 0;
  for (let i = 0; i < logs.length; i++) {
    logs[i] = Math.exp(logs[i]! - top);
    total += logs[i]!;
  }
  for (let i = 0; i < logs.length; i++) logs[i]! /= total;
  return logs;
}

/**
 * Mixtures drawn at random from a Dirichlet distribution, the same for the same seed: designs of small runs, or candidates
 * to rank by a fitted response.
 *
 * @param concentration by source, each > 0: means are in its ratio, and the larger its sum the nearer draws lie to them
 * @param options how many, and the seed (default 0)
 * @throws RangeError when a concentration is not > 0, or count no whole number >= 1
 *
 * @example
 * import { dirichletShares } from "isoflop";
 * const [mixture] = dirichletShares({ web: 6, code: 2, books: 2 }, { count: 1, seed: 1 });
 * mixture!.web + mixture!.code + mixture!.books; // => 1
 */
export function dirichletShares<Source extends string>(
  concentration: Readonly<Record<Source, number>>,
  options: { readonly count: number; readonly seed?: number },
): Record<Source, number>[] {
  requireOptions("dirichletShares", options, ["count", "seed"]);
  const { count, seed = 0 } = options;
  requireWhole("count", count, 1, "give the number of mixtures to draw");
  const sources = Object.keys(concentration ?? {}) as Source[];
  requireNames("the sources of dirichletShares", sources, 1, "such as { web: 2, code: 1 }");
  const alphas = sources.map((source) =>
    requirePositive(
      `the concentration of ${source}`,
      concentration[source],
      "leave out a source without any",
    ),
  );
  const random = new Random(seed, 0);
  return Array.from({ length: count }, () => {
    const shares = drawDirichlet(alphas, random);
    return Object.fromEntries(sources.map((source, i) => [source, shares[i]!])) as Record<Source, number>;
  });
}
