import type { Fit } from "../fit/FitResult.ts";
import { formatNumber } from "../format/formatNumber.ts";
import { pointColumns } from "../laws/definition/predict.ts";
import { choleskyInverse } from "../numerics/linear/cholesky.ts";
import { covarianceMatrix } from "../numerics/linear/covarianceMatrix.ts";
import { quadraticForm } from "../numerics/linear/quadraticForm.ts";
import { mean } from "../numerics/mean.ts";

/** How far a point lies beyond the runs. */
export interface Extrapolation<V extends string = string> {
  /** By which factor each variable lies beyond the runs' range; 1 inside (a difference for variables not positive). */
  readonly beyond: Readonly<Record<V, number>>;
  /** Mahalanobis distance of the point's logarithms from the runs' centre: how unusual the combination is. */
  readonly distance: number;
  /** The same of the most unusual run. */
  readonly farthestRun: number;
  /** Whether the point is inside the range of every variable and no more unusual than some run. */
  readonly inside: boolean;
  readonly note: string;
}

/**
 * How far a prediction reaches beyond the runs a law was fitted to.
 *
 * A point can be inside the range of N and of D and still be far from every run, if N and D moved together; the
 * Mahalanobis distance in logarithms shows that.
 *
 * @param fit a fit
 * @param point values of the law's variables
 * @throws RangeError when a variable is missing or not positive where the law needs that
 * @example
 * import { chinchilla, extrapolationDistance, fit } from "isoflop";
 * import { chinchillaFigure4 } from "isoflop-datasets";
 * const law = fit(chinchilla, chinchillaFigure4());
 * const reach = extrapolationDistance(law, { nParams: 70e9, nTokens: 1.4e12 });
 * reach.inside; // => false
 * reach.beyond.nParams; // => 4.325
 */
export function extrapolationDistance<V extends string, P extends string, R extends string>(
  fit: Fit<V, P, R>,
  point: Readonly<Record<V, number>>,
): Extrapolation<V> {
  const { law, table } = fit;
  const at = pointColumns(law, point).map((column) => column[0]!);
  const means = table.x.map(mean);
  const inverse = choleskyInverse(covarianceMatrix(table.x, table.n), at.length);
  const distanceOf = (values: readonly number[]) => {
    if (!inverse) return Number.NaN;
    const fromCentre = values.map((value, v) => value - means[v]!);
    return Math.sqrt(quadraticForm(fromCentre, inverse));
  };
  let farthestRun = 0;
  for (let i = 0; i < table.n; i++) {
    farthestRun = Math.max(farthestRun, distanceOf(table.x.map((column) => column[i]!)));
  }
  const distance = distanceOf(at);
  const beyond = Object.fromEntries(
    law.variables.map(({ name, domain }, v) => [
      name,
      beyondRange(table.x[v]!, at[v]!, domain === "positive"),
    ]),
  ) as Record<V, number>;
  const outside = law.variables.filter(
    ({ name, domain }) => beyond[name] !== (domain === "positive" ? 1 : 0),
  );
  const inside = outside.length === 0 && !(distance > farthestRun);
  return { beyond, distance, farthestRun, inside, note: describe(outside, beyond, distance, farthestRun) };
}

function beyondRange(column: Float64Array, value: number, log: boolean): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const other of column) {
    low = Math.min(low, other);
    high = Math.max(high, other);
  }
  // A run's own value must count as inside although its logarithm went through rounding.
  const slack = 1e-12 * Math.max(Math.abs(low), Math.abs(high));
  const excess = value > high + slack ? value - high : value < low - slack ? low - value : 0;
  return log ? Math.exp(excess) : excess;
}

function describe(
  outside: readonly { name: string }[],
  beyond: Readonly<Record<string, number>>,
  distance: number,
  farthestRun: number,
): string {
  if (outside.length > 0) {
    const list = outside.map(({ name }) => `${name} by a factor of ${formatNumber(beyond[name]!, 3)}`);
    return `beyond the runs in ${list.join(" and ")}: the interval shows the law's uncertainty, not whether the law still holds there`;
  }
  if (distance > farthestRun) {
    return "inside each variable's range, but no run combines them so: an extrapolation in the ratio of the variables";
  }
  return "within the runs";
}
