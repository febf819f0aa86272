import { requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requirePhases, type Schedule } from "./Schedule.ts";

/**
 * Warm-up, stable, decay: linear to the peak, constant, then halved every `halfLife` steps from `decayStart` on. A run
 * can be continued from before the decay, so one run serves many horizons.
 *
 * Source: Hu et al. 2024 (MiniCPM, arXiv:2404.06395v3), equation 1; f = .5^((s - S)/T) with T = 5000 in the release.
 *
 * @param options peak rate; warm-up, start of the decay, total and half-life in steps (a decay of 10 % of the run is enough)
 * @throws RangeError when a rate is not > 0 or the phases do not follow each other
 *
 * @example
 * import { wsdSchedule } from "isoflop";
 * const schedule = wsdSchedule({ peak: 0.01, warmup: 1000, decayStart: 90_000, total: 100_000 });
 * schedule.learningRate(95_000); // => 0.005
 */
export function wsdSchedule(options: {
  readonly peak: number;
  readonly warmup?: number;
  readonly decayStart: number;
  readonly total: number;
  /** Default 5000. */
  readonly halfLife?: number;
}): Schedule {
  requireOptions("wsdSchedule", options, ["peak", "warmup", "decayStart", "total", "halfLife"]);
  const { peak, warmup = 0, decayStart, total, halfLife = 5000 } = options;
  requirePositive("peak", peak, "give a learning rate, such as 0.01");
  requirePositive("halfLife", halfLife, "give steps, such as 5000");
  requirePhases({ warmup, decayStart }, total);
  return {
    name: "WSD",
    unit: "steps",
    total,
    source: "Hu et al. 2024 (MiniCPM, arXiv:2404.06395v3), equation 1",
    learningRate: (step) => {
      if (step < warmup) return (peak * step) / warmup;
      return step <= decayStart ? peak : peak * 0.5 ** ((step - decayStart) / halfLife);
    },
  };
}
