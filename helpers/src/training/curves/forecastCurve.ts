import { type MultiPowerParameter, multiPowerLaw } from "../../laws/curves/multiPowerLaw.ts";
import type { Rates } from "../../laws/curves/scheduleSums.ts";
import { withParameters } from "../../laws/definition/withParameters.ts";
import { describeGiven } from "../../numerics/arguments/describeGiven.ts";
import { refusal, requireLevel, requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";
import { normalQuantile } from "../../numerics/distributions/normal.ts";
import { fitPartialCurve, fittedSpread, lawAt, lawErrors } from "./curveForecast.ts";
import type { CurvePoint } from "./predictCurve.ts";

/** What a curve is forecast to be at a step. */
export interface ForecastPoint extends CurvePoint {
  /** Standard deviation of the forecast, nats per token. */
  readonly sd: number;
  /** `loss` plus and minus the normal quantile of the level times `sd`. */
  readonly interval: readonly [low: number, high: number];
}

/** The forecast of a running run. */
export interface CurveForecast {
  /** The multi-power law's constants as the run and those like it suggest. */
  readonly constants: Readonly<Record<MultiPowerParameter, number>>;
  /** Relative standard deviation of the points around the curve. */
  readonly noise: number;
  /** The loss at a step of the run's schedule. */
  at(step: number, options?: { readonly level?: number }): ForecastPoint;
  /** The same at the last step of the schedule. */
  end(options?: { readonly level?: number }): ForecastPoint;
}

type Parts = readonly [byL0: number, byA: number, byB: number];

/**
 * Where a running run ends: from the first part of its loss curve, under the schedule that it has or under any other that shares
 * what was trained so far.
 *
 * The multi-power law is fitted to the points seen, each constant but the floor held near those of runs like it (standard
 * deviations .15 in ln A, .06 in alpha, .25 in ln B, .5 in ln C, .3 in ln beta, .1 in gamma); all points together count as
 * twelve, since a law's errors along a curve are shared. The band adds three variances: that of the constants, the scatter of the
 * points, and what the law itself errs by, .1 of the change that the term of the sum is to bring and .2 of that of the falls. It
 * closes as the run nears its end. docs/training.md says how often it held the end of public runs. Of a longer log sixty points are
 * read; a spike pulls the curve, so hand over a smoothed log where there are spikes.
 *
 * Source: the law of Luo et al. 2025 (arXiv:2503.12811); fit and band are ours.
 *
 * @param points of the curve so far, steps with losses in nats per token, three or more, after the warm-up
 * @param options rates of the schedule to its end, from step 0; `like`, constants of earlier runs with the same batch, optimizer
 * and about the same peak rate, such as `Object.values(luo2025)`
 * @throws RangeError or TypeError when points, rates or constants cannot be used
 *
 * @example
 * import { cosineSchedule, forecastCurve, learningRates, luo2025, predictCurve } from "isoflop";
 * const rates = learningRates(cosineSchedule({ peak: 3e-4, warmup: 2160, total: 24_000 }));
 * const seen = predictCurve(luo2025["100M"], rates, { steps: [3000, 4000, 5000, 6000] });
 * const { loss, interval } = forecastCurve(seen, { rates, like: [luo2025["25M"], luo2025["400M"]] }).end();
 * interval[0] < loss && loss < interval[1]; // => true
 */
export function forecastCurve(
  points: readonly CurvePoint[],
  options: {
    readonly rates: Rates;
    readonly like: readonly Readonly<Record<MultiPowerParameter, number>>[];
  },
): CurveForecast {
  requireOptions("forecastCurve", options, ["rates", "like"]);
  requireRows("forecastCurve", points);
  const { rates, like } = options;
  const given = new Set(points.map(({ step }) => step)).size;
  if (given < 3) {
    throw refusal("the steps of a curve's points", "must be three or more", given, "log the loss more often");
  }
  points.forEach(({ loss }, i) => {
    requirePositive("loss", loss, { in: `point ${i}` });
  });
  if (!Array.isArray(like) || like.length === 0) {
    throw new TypeError(
      `like must be a list of the law's constants of earlier runs, got ${describeGiven(like)}; Object.values(luo2025) are three`,
    );
  }
  const law = multiPowerLaw([rates]);
  for (const one of like) withParameters(law, one);
  const curve = fitPartialCurve(law, points, like);
  const { constants, noise } = curve;
  const steps = points.map(({ step }) => step);
  // Columns of the jacobian: by A the power of the sum, by B minus the falls that were used up.
  const partsAt = (step: number) => lawAt(law, constants, step).gradient as unknown as Parts;
  const [, , fallsFirst] = partsAt(Math.min(...steps));
  const [, powerSeen, fallsSeen] = partsAt(Math.max(...steps));

  function at(step: number, options: { readonly level?: number } = {}): ForecastPoint {
    requireOptions("a forecast", options, ["level"]);
    const { level = 0.95 } = options;
    requireLevel(level);
    const { value: loss, gradient } = lawAt(law, constants, step);
    const [, power, falls] = gradient as unknown as Parts;
    const bySum = constants.A * Math.abs(powerSeen - power);
    // Of falls that the run has partly shown a part is known: the geometric mean of what is left and what there is in all.
    const left = Math.abs(falls - fallsSeen);
    const byFalls = constants.B * Math.sqrt(left * Math.max(left, Math.abs(falls - fallsFirst)));
    const sd = Math.hypot(
      fittedSpread(curve, gradient),
      noise * loss,
      lawErrors.sum * bySum,
      lawErrors.falls * byFalls,
    );
    const half = normalQuantile(0.5 + level / 2) * sd;
    return { step, loss, sd, interval: [loss - half, loss + half] };
  }
  return Object.freeze({
    constants,
    noise,
    at,
    end: (given?: { readonly level?: number }) => at(rates.length - 1, given),
  });
}
