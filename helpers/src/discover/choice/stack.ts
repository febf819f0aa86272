import type { DiscoverData } from "../fit/DiscoverData.ts";
import type { LawFit } from "../fit/LawFit.ts";
import { predictTableLaw, totalParameters } from "../fit/LawFit.ts";
import { leastNoise } from "../fit/leastNoise.ts";
import { predictionVariance } from "../fit/predictionVariance.ts";
import type { Points } from "../grammar/evaluateTerm.ts";

/** A law of a stack, fitted to some rows. */
export interface Stacked {
  readonly fit: LawFit;
  readonly weight: number;
}

/**
 * What the first law of a stack says at points, and the variance of a new run around it: the mean of the laws' own
 * variances, and of the squares of how far they are from the first.
 */
export function predictStack(
  stack: readonly Stacked[],
  data: DiscoverData,
  isRelative: boolean,
  points: Points,
  groupOf: ArrayLike<number>,
  decreasing: ReadonlySet<number>,
): { mean: Float64Array; variance: Float64Array } {
  const laws = stack.map(({ fit, weight }) => {
    const freedom = Math.max(1, data.points.n - totalParameters(fit.law, data.groups.length));
    const predicted = predictTableLaw(fit, points, groupOf);
    const own = new Float64Array(points.n).fill(Number.NaN);
    for (const one of fit.fits) {
      const part = partOf(data, one.amplitudes);
      const variance = predictionVariance(one, part, points, (i) => groupOf[i]!, decreasing);
      variance.forEach((value, i) => {
        if (!Number.isNaN(value)) own[i] = value;
      });
    }
    return { weight, predicted, noise: Math.max(leastNoise(data) ** 2, fit.value / freedom), own };
  });
  const mean = laws[0]!.predicted;
  const variance = new Float64Array(points.n);
  for (let i = 0; i < points.n; i++) {
    for (const { weight, predicted, noise, own } of laws) {
      const run = isRelative ? predicted[i]! ** 2 : 1;
      variance[i]! += weight * (noise * (own[i]! + run) + (predicted[i]! - mean[i]!) ** 2);
    }
  }
  return { mean, variance };
}

/** The groups that one fit is of. */
function partOf(data: DiscoverData, amplitudes: ReadonlyMap<number, unknown>): DiscoverData {
  if (data.groups.every((group) => amplitudes.has(group))) return data;
  const g = data.groups.findIndex((group) => amplitudes.has(group));
  const [from, to] = [data.starts[g]!, data.starts[g + 1]!];
  const { points, y, weights } = data;
  return {
    points: {
      ...points,
      n: to - from,
      x: points.x.map((column) => column.subarray(from, to)),
      u: points.u.map((column) => column.subarray(from, to)),
    },
    y: y.subarray(from, to),
    weights: weights.subarray(from, to),
    starts: [0, to - from],
    groups: [data.groups[g]!],
  };
}
