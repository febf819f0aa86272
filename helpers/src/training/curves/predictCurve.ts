import { type MultiPowerParameter, multiPowerLaw } from "../../laws/curves/multiPowerLaw.ts";
import type { Rates } from "../../laws/curves/scheduleSums.ts";
import { withParameters } from "../../laws/definition/withParameters.ts";
import { describeGiven } from "../../numerics/arguments/describeGiven.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";

/** A point of a loss curve. */
export interface CurvePoint {
  readonly step: number;
  /** Nats per token. */
  readonly loss: number;
}

/**
 * The loss curve of a schedule under the multi-power law's constants: what another schedule would have given.
 *
 * It has no interval: that of the fit, `fit.interval((p) => predictCurve(p, rates, { steps: [last] })[0].loss)`, holds the noise of
 * the points and not what the law errs by on another schedule, and held 4 of 18 final losses of public runs. The errors there,
 * .004 to .006 nats in the mean, are the better guide; docs/training.md has them.
 *
 * Source: Luo et al. 2025 (arXiv:2503.12811).
 *
 * @param constants of the multi-power law: a fit's `parameters` or `luo2025["25M"]`
 * @param rates learning rates by step: `learningRates(schedule)`
 * @param options steps at which the loss is wanted; default 101, evenly spaced from the first of some summed rate to the last
 * @throws RangeError when a constant is missing, or a step is not of the schedule
 *
 * @example
 * import { cooldownSchedule, learningRates, luo2025, predictCurve } from "isoflop";
 * const rates = learningRates(cooldownSchedule({ peak: 3e-4, warmup: 2160, decayStart: 20_000, total: 24_000 }));
 * const curve = predictCurve(luo2025["400M"], rates, { steps: [20_000, 24_000] });
 * curve.map(({ loss }) => loss); // => [2.8412, 2.6914]
 */
export function predictCurve(
  constants: Readonly<Record<MultiPowerParameter, number>>,
  rates: Rates,
  options: { readonly steps?: readonly number[] } = {},
): CurvePoint[] {
  requireOptions("predictCurve", options, ["steps"]);
  const law = withParameters(multiPowerLaw([rates]), constants);
  const steps = options.steps ?? evenSteps(rates);
  if (!Array.isArray(steps)) {
    throw new TypeError(`steps must be a list of steps such as [24_000], got ${describeGiven(steps)}`);
  }
  return steps.map((step) => ({ step, loss: law.predict({ run: 0, step }) }));
}

function evenSteps(rates: Rates): number[] {
  const first = rates[0]! > 0 ? 0 : 1;
  const length = rates.length - 1 - first;
  const steps = Array.from({ length: 101 }, (_, i) => first + Math.round((length * i) / 100));
  return [...new Set(steps)];
}
