import type { RunLabels } from "./RunLabels.ts";

/** A run that a calibration was made from: how it is labelled, and what it says of the constants. */
export interface CalibratedRun {
  readonly labels: RunLabels;
  /** Share of each part in the time of its step, at the calibrated constants. */
  readonly shares: readonly number[];
  /** Logarithm of its time, less what the prior constants would give (to first order). */
  readonly residual: number;
}

/** By how many standard deviations a prediction's intervals of 80 and 95 % reach to either side. */
export interface IntervalFactors {
  readonly p80: number;
  readonly p95: number;
}

/** How far from what was calibrated on a run is: the least that has to be left out for the rest to be as far. */
export type Novelty = "layout" | "group" | "model" | "accelerator" | "stack";

/** Factors by novelty: a stack of its own has none for a new stack. */
export type StackFactors = Readonly<Partial<Record<Novelty, IntervalFactors>>> & {
  /** Runs that they are counted from. */
  readonly runs: number;
};

/** Constants of the time of a step, how far runs deviate from them, and the runs themselves. */
export interface TimeCalibration {
  /** Logarithm of the constant of each part, in the order of `stepPartNames`. */
  readonly logConstants: readonly number[];
  /** Standard deviation of each spread, in the order of `spreads`. */
  readonly deviations: readonly number[];
  readonly runs: readonly CalibratedRun[];
  /** By stack; "" for all others. */
  readonly factors: Readonly<Record<string, StackFactors>>;
}

/** The calibration as it is written to a file: labels once, of each run its number there, layout, residual, thousandths of time. */
export interface PublishedRuns extends Omit<TimeCalibration, "runs"> {
  readonly labels: readonly Omit<RunLabels, "layout">[];
  readonly runs: readonly (readonly [number, string, number, readonly number[]])[];
}
