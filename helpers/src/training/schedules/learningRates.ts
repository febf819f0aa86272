import { refusal, requireWholeBetween } from "../../numerics/arguments/requireNumber.ts";
import { requireSchedule, type Schedule } from "./Schedule.ts";

/**
 * A schedule as its learning rate at every step, from step 0 to step `total`: what the laws of loss curves read.
 *
 * @param schedule one that counts steps, of at most 1e7 of them
 * @returns `total + 1` rates
 * @throws RangeError when the schedule counts tokens or its total is no whole number
 *
 * @example
 * import { learningRates, twoStageSchedule } from "isoflop";
 * const schedule = twoStageSchedule({ first: 3e-4, second: 9e-5, change: 2, total: 3 });
 * [...learningRates(schedule)]; // => [0.0003, 0.0003, 0.00009, 0.00009]
 */
export function learningRates(schedule: Schedule): Float64Array {
  requireSchedule("learningRates", schedule);
  if (schedule.unit !== "steps") {
    throw refusal(
      "schedule",
      "must count steps",
      schedule.unit,
      "list its rates by step: scheduleTable gives them for a batch",
    );
  }
  requireWholeBetween("total of the schedule", schedule.total, 1, 1e7, "give the optimizer steps of the run");
  return Float64Array.from({ length: schedule.total + 1 }, (_, step) => schedule.learningRate(step));
}
