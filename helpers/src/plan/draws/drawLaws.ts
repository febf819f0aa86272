import { Fit } from "../../fit/FitResult.ts";
import type { FittedLaw } from "../../laws/definition/Law.ts";
import { requireFitted } from "../../laws/definition/requireLaw.ts";
import { withParameters } from "../../laws/definition/withParameters.ts";
import { isWhole, refusal } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { Random } from "../../numerics/random/Random.ts";
import type { PublicFit } from "../publicFits/PublicFit.ts";
import { fitPosterior } from "./fitPosterior.ts";
import type { Posterior } from "./Posterior.ts";

/** What is known of a law's constants, where it is a fit or a public fit. */
export function posteriorOf(law: FittedLaw): Posterior | undefined {
  return law instanceof Fit ? fitPosterior(law) : (law as Partial<PublicFit>).posterior;
}

/**
 * Laws with constants drawn from what a fit leaves open: its covariance (HC3) as a multivariate Student's t in the coordinates
 * of the search, where amplitudes are logarithms. What is computed from each says how far it is known, all constants
 * together.
 *
 * @param law a fit, or one of isoflop's fits of public runs such as `chinchillaFigure4Fit`
 * @param options how many (default 1,000), and their seed (default 42)
 * @throws RangeError when the law's constants have no covariance
 *
 * @example
 * import { chinchillaFigure4Fit, computeOptimal, drawLaws, percentileInterval } from "isoflop";
 * const laws = drawLaws(chinchillaFigure4Fit, { draws: 200 });
 * const sizes = laws.map((law) => computeOptimal(law, { flops: 1e22 }).nParams);
 * percentileInterval(sizes)[0] < 9.2e9; // => true
 */
export function drawLaws<V extends string, P extends string, R extends string>(
  law: FittedLaw<V, P, R>,
  options: { readonly draws?: number; readonly seed?: number } = {},
): FittedLaw<V, P, R>[] {
  requireFitted("drawLaws", law);
  requireOptions("drawLaws", options, ["draws", "seed"]);
  const { draws = 1000, seed = 42 } = options;
  if (!isWhole(draws, 1)) throw refusal("draws", "must be a whole number >= 1", draws, "1000 is usual");
  const posterior = posteriorOf(law as FittedLaw);
  if (!posterior) {
    throw new RangeError(
      `${law.law.name} comes without a covariance, so nothing can be drawn; fit it, or take a public fit such as chinchillaFigure4Fit`,
    );
  }
  return Array.from({ length: draws }, (_, k) => {
    const theta = posterior.draw(new Random(seed, k));
    const parameters = Object.fromEntries(law.law.parameters.map(({ name }, j) => [name, theta[j]!]));
    return withParameters(law.law, parameters as Record<P, number>, "a draw of its constants");
  });
}
