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
