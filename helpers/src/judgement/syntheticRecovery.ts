import { fit } from "../fit/fit.ts";
import { type FitOptions, fitOptionNames } from "../fit/objective/FitOptions.ts";
import type { FittedLaw } from "../laws/definition/Law.ts";
import { refusal } from "../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../numerics/arguments/requireOptions.ts";
import { quantileOfSorted } from "../numerics/quantile.ts";
import { Random } from "../numerics/random/Random.ts";

/** The noise and the number of synthetic data sets, and how each is fitted. */
export interface RecoveryOptions<P extends string> extends FitOptions<P> {
  /** Standard deviation of Gaussian noise on ln response: 0.005 for half a per cent. */
  readonly noise: number;
  /** Synthetic data sets (default 100). */
  readonly repeats?: number;
  readonly seed?: number;
}

/** A parameter over many synthetic data sets, beside the value that made them. */
export interface RecoveredParameter {
  readonly truth: number;
  readonly median: number;
  /** Median minus truth. */
  readonly bias: number;
  /** 5th and 95th percentile of the estimates. */
  readonly interval: readonly [number, number];
}

/** Whether a fit finds the parameters that made the data, under the noise and at the runs in question. */
export interface SyntheticRecovery<P extends string> {
  readonly parameters: Readonly<Record<P, RecoveredParameter>>;
  readonly repeats: number;
  /** Fits that ended other than converged. */
  readonly unconverged: number;
}

/**
 * Could these runs find this law, if it were true? The law is read at the design's points, noise is added, and the
 * fit is done anew, many times over. Wide intervals mean that the design, not the law, is the trouble.
 *
 * @param law a fit, or constants from a paper, taken as the truth
 * @param design points at which runs were or would be trained
 * @throws RangeError when noise is negative, or a point is not usable by the law
 * @example
 * import { hoffmann2022, simulateSweep, syntheticRecovery } from "isoflop";
 * const design = simulateSweep(hoffmann2022, { budgets: [1e19, 1e20, 1e21], nPoints: 7, halfWidth: 4 });
 * const { parameters } = syntheticRecovery(hoffmann2022, design, { noise: 0, repeats: 1 });
 * parameters.alpha.median; // => 0.3392
 */
export function syntheticRecovery<V extends string, P extends string, R extends string>(
  law: FittedLaw<V, P, R>,
  design: readonly Readonly<Record<V, number>>[],
  given: RecoveryOptions<P>,
): SyntheticRecovery<P> {
  requireOptions("syntheticRecovery", given, ["noise", "repeats", "seed", ...fitOptionNames]);
  const { noise, repeats = 100, seed = 42, ...options } = given;
  if (!(Number.isFinite(noise) && noise >= 0)) {
    const wanted = "must be a standard deviation >= 0 of ln response";
    throw refusal("noise", wanted, noise, "0.005 is half a per cent");
  }
  const truth = design.map((point) => law.predict(point));
  const names = law.law.parameters.map(({ name }) => name);
  const estimates = new Map(names.map((name) => [name, new Float64Array(repeats)]));
  let unconverged = 0;
  for (let k = 0; k < repeats; k++) {
    const random = new Random(seed, k);
    const runs = design.map((point, i) => ({
      ...point,
      [law.law.response.name]: truth[i]! * Math.exp(noise * random.normal()),
    })) as Readonly<Record<V | R, number>>[];
    const found = fit(law.law, runs, options);
    if (found.status !== "converged") unconverged++;
    for (const name of names) estimates.get(name)![k] = found.parameters[name];
  }
  const summary = names.map((name) => {
    const sorted = estimates.get(name)!.sort();
    const at = (share: number) => sorted[Math.round(share * (repeats - 1))]!;
    const median = quantileOfSorted(sorted, 0.5);
    const known = law.parameters[name];
    return [name, { truth: known, median, bias: median - known, interval: [at(0.05), at(0.95)] }];
  });
  return { parameters: Object.fromEntries(summary) as Record<P, RecoveredParameter>, repeats, unconverged };
}
