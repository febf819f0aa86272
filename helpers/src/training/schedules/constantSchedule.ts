import { requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requirePhases, type Schedule } from "./Schedule.ts";

/**
 * Linear warm-up to the peak, then that rate to the end. A run under it can be continued or cooled down from any step.
 *
 * Source: Hägele et al. 2024 (arXiv:2405.18392), whose cooldowns start from such runs.
 *
 * @param options peak rate; warm-up and total in steps
 * @throws RangeError when the rate is not > 0 or the warm-up is longer than the run
 *
 * @example
 * import { constantSchedule } from "isoflop";
 * constantSchedule({ peak: 3e-4, warmup: 2000, total: 24_000 }).learningRate(1000); // => 0.00015
 */
export function constantSchedule(options: {
  readonly peak: number;
  readonly warmup?: number;
  readonly total: number;
}): Schedule {
  requireOptions("constantSchedule", options, ["peak", "warmup", "total"]);
  const { peak, warmup = 0, total } = options;
  requirePositive("peak", peak, "give a learning rate, such as 3e-4");
  requirePhases({ warmup }, total);
  return {
    name: "constant",
    unit: "steps",
    total,
    source: "Hägele et al. 2024 (arXiv:2405.18392)",
    learningRate: (step) => (step < warmup ? (peak * step) / warmup : peak),
  };
}
