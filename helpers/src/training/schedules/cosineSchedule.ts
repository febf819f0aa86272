import { requireNonNegative, requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requirePhases, type Schedule } from "./Schedule.ts";

/**
 * Linear warm-up to the peak, then half a cosine down to the last rate at the end of the run.
 *
 * Source: Loshchilov and Hutter 2017, with the warm-up common to language models; Hoffmann et al. 2022 decay to a
 * tenth of the peak.
 *
 * @param options peak rate; last rate (default a tenth of the peak); warm-up and total in steps
 * @throws RangeError when the peak is not > 0, the last rate negative, or the warm-up is longer than the run
 *
 * @example
 * import { cosineSchedule } from "isoflop";
 * const schedule = cosineSchedule({ peak: 3e-4, warmup: 2000, total: 100_000 });
 * schedule.learningRate(100_000); // => 3e-5
 */
export function cosineSchedule(options: {
  readonly peak: number;
  readonly last?: number;
  readonly warmup?: number;
  readonly total: number;
}): Schedule {
  requireOptions("cosineSchedule", options, ["peak", "last", "warmup", "total"]);
  const { peak, last = peak / 10, warmup = 0, total } = options;
  requirePositive("peak", peak, "give a learning rate, such as 3e-4");
  requireNonNegative("last", last, "give the last learning rate, such as a tenth of the peak");
  requirePhases({ warmup }, total);
  return {
    name: "cosine",
    unit: "steps",
    total,
    source: "Loshchilov and Hutter 2017; last rate as in Hoffmann et al. 2022",
    learningRate: (step) =>
      step < warmup
        ? (peak * step) / warmup
        : last +
          0.5 * (peak - last) * (1 + Math.cos((Math.PI * (step - warmup)) / Math.max(total - warmup, 1))),
  };
}
