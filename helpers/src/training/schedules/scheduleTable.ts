import { requirePositive, requireWholeBetween } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requireSchedule, type Schedule } from "./Schedule.ts";

/** The learning rate at a step, and the tokens seen by then. */
export interface SchedulePoint {
  readonly step: number;
  readonly nTokens: number;
  readonly learningRate: number;
}

/**
 * A schedule as a table of step, tokens and learning rate, to plot or to hand to a trainer that reads one.
 *
 * @param batchTokens tokens a step, which turns the one unit into the other
 * @param points rows, evenly spaced from the first step to the last; default 101
 * @throws RangeError when batchTokens is not > 0 or there are fewer than 2 points
 *
 * @example
 * import { scheduleTable, wsdSchedule } from "isoflop";
 * const schedule = wsdSchedule({ peak: 0.01, decayStart: 90, total: 100, halfLife: 5 });
 * scheduleTable(schedule, { batchTokens: 1e6, points: 3 }).map((row) => row.learningRate); // => [0.01, 0.01, 0.0025]
 */
export function scheduleTable(
  schedule: Schedule,
  options: { readonly batchTokens: number; readonly points?: number },
): SchedulePoint[] {
  requireSchedule("scheduleTable", schedule);
  requireOptions("scheduleTable", options, ["batchTokens", "points"]);
  const { batchTokens, points = 101 } = options;
  requirePositive("batchTokens", batchTokens, "give tokens a step, such as 4e6");
  requireWholeBetween("points", points, 2, 1e6, "101 gives every per cent of the run");
  const perStep = schedule.unit === "steps" ? 1 : batchTokens;
  return Array.from({ length: points }, (_, i) => {
    const at = (schedule.total * i) / (points - 1);
    const step = at / perStep;
    return { step, nTokens: step * batchTokens, learningRate: schedule.learningRate(at) };
  });
}
