import { refusal } from "../../numerics/arguments/requireNumber.ts";
import type { Variable } from "../definition/Law.ts";
import { real } from "../definition/variables.ts";
import { type Rates, type ScheduleSums, scheduleSums } from "./scheduleSums.ts";

/** The variables of a law of loss curves. */
export const curveVariables: readonly Variable<"run" | "step">[] = [
  real("run", "1", "which of the law's schedules the run followed, from 0"),
  real("step", "optimizer steps", "step of the run, from 0; whole"),
];

/** Schedules of runs with their sums, read once, and what each needs at the steps that were asked for. */
export class CurveSchedules<T> {
  readonly sums: readonly ScheduleSums[];
  readonly #known: Map<number, T>[];
  readonly #make: (run: number, step: number) => T;

  /** @param make what a law keeps of a run at a step */
  constructor(of: string, schedules: readonly Rates[], make: (run: number, step: number) => T) {
    if (!Array.isArray(schedules) || schedules.length === 0 || typeof schedules[0] === "number") {
      throw new TypeError(
        `${of} needs a list of schedules, each a list of learning rates by step, such as [learningRates(schedule)]`,
      );
    }
    this.sums = schedules.map(scheduleSums);
    this.#known = schedules.map(() => new Map());
    this.#make = make;
  }

  /** What the law keeps of `run` at `step`. */
  at(run: number, step: number): T {
    const known = this.#known[run];
    if (!known) {
      const last = this.sums.length - 1;
      throw refusal("run", `must be a whole number from 0 to ${last}`, run, "it counts the law's schedules");
    }
    const found = known.get(step);
    if (found !== undefined) return found;
    const { area } = this.sums[run]!;
    if (!Number.isInteger(step) || !(area[step]! > 0)) {
      const first = area.findIndex((sum) => sum > 0);
      const wayOut = "the schedule has a rate > 0 by then";
      throw refusal("step", `must be a whole number from ${first} to ${area.length - 1}`, step, wayOut);
    }
    const made = this.#make(run, step);
    known.set(step, made);
    return made;
  }
}
