import { requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requirePhases, type Schedule } from "./Schedule.ts";

/**
 * Linear warm-up, one rate, and from `change` on another: the step that shows how a loss answers to a rate.
 *
 * Source: Luo et al. 2025 (multi-power law, arXiv:2503.12811), whose `wsdcon` runs drop once.
 *
 * @param options rate before and after; warm-up, first step of the second rate, and total in steps
 * @throws RangeError when a rate is not > 0 or the phases do not follow each other
 *
 * @example
 * import { twoStageSchedule } from "isoflop";
 * const schedule = twoStageSchedule({ first: 3e-4, second: 9e-5, change: 8000, total: 16_000 });
 * [7999, 8000].map((step) => schedule.learningRate(step)); // => [0.0003, 0.00009]
 */
export function twoStageSchedule(options: {
  readonly first: number;
  readonly second: number;
  readonly warmup?: number;
  readonly change: number;
  readonly total: number;
}): Schedule {
  requireOptions("twoStageSchedule", options, ["first", "second", "warmup", "change", "total"]);
  const { first, second, warmup = 0, change, total } = options;
  requirePositive("first", first, "give a learning rate, such as 3e-4");
  requirePositive("second", second, "give a learning rate, such as 9e-5");
  requirePhases({ warmup, change }, total);
  return {
    name: "two stages",
    unit: "steps",
    total,
    source: "Luo et al. 2025 (arXiv:2503.12811)",
    learningRate(step) {
      if (step < warmup) return (first * step) / warmup;
      return step < change ? first : second;
    },
  };
}
