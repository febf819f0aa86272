import { describeGiven } from "../../numerics/arguments/describeGiven.ts";
import { requireBetween, requirePositive } from "../../numerics/arguments/requireNumber.ts";

/** A learning-rate schedule over a training run. */
export interface Schedule {
  readonly name: string;
  /** What `learningRate` counts: optimizer steps, or tokens. */
  readonly unit: "steps" | "tokens";
  /** Length of the run in that unit. */
  readonly total: number;
  /** Learning rate after `at` steps or tokens, 0 <= at <= total. */
  learningRate(at: number): number;
  readonly source: string;
}

/** @throws RangeError unless 0 <= start <= end <= total. */
export function requirePhases(phases: Readonly<Record<string, number>>, total: number): void {
  requirePositive("total", total, "give the length of the run");
  let last = 0;
  for (const [name, value] of Object.entries(phases)) {
    requireBetween(name, value, last, total, "phases follow each other");
    last = value;
  }
}

/** @throws TypeError unless it is a schedule, as constantSchedule and its like make them. */
export function requireSchedule(of: string, schedule: Schedule): void {
  if (typeof schedule?.learningRate === "function") return;
  throw new TypeError(
    `${of} needs a schedule such as constantSchedule({ peak: 3e-4, total: 24_000 }), got ${describeGiven(schedule)}`,
  );
}
