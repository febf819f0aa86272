import type { Fit } from "../../fit/FitResult.ts";
import { objectiveOf } from "../../fit/objective/objectiveOf.ts";
import { gaussianDraws } from "./gaussianDraws.ts";
import type { Posterior } from "./Posterior.ts";

/**
 * What a fit knows of its constants: draws from its covariance (HC3) in the coordinates of the search, where amplitudes
 * are logarithms, so that they stay inside their domain.
 *
 * @returns undefined where the runs leave nothing to tell the noise by
 */
export function fitPosterior(fit: Fit): Posterior | undefined {
  const { law, table, minimum, options } = fit;
  const { coordinates } = objectiveOf(fit);
  const { ofCoordinates, freedom } = fit.covariance();
  const { lower, upper } = coordinates;
  const draws = gaussianDraws({ centre: minimum.z, covariance: ofCoordinates, freedom, lower, upper });
  if (freedom < 1 || !draws) return undefined;
  let squares = 0;
  for (const [i, residual] of fit.residuals().entries()) squares += table.w[i]! * residual ** 2;
  return {
    draw(random) {
      const theta = new Float64Array(law.parameters.length);
      coordinates.toParameters(draws(random), theta);
      return theta;
    },
    noise: Math.sqrt(squares / freedom),
    freedom,
    isRaw: options.residual === "raw",
    n: fit.n,
    fitted: fittedRanges(fit),
  };
}

/** Smallest and largest value of each variable of a fit's law among its runs. */
export function fittedRanges({ law, table }: Fit): Posterior["fitted"] {
  return Object.fromEntries(
    law.variables.map(({ name, domain }, v) => {
      const natural = domain === "positive" ? Math.exp : (x: number) => x;
      const [low, high] = rangeOf(table.x[v]!);
      return [name, [natural(low), natural(high)] as const];
    }),
  );
}

function rangeOf(values: Float64Array): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}
