import type { Fit } from "../../fit/FitResult.ts";
import type { PredictionOptions } from "../../fit/uncertainty/Interval.ts";

/** A first step: a task's loss by whatever describes a run. */
export type FirstStep<V extends string = string> = Fit<V, string, "taskLoss">;

/** A second step: accuracy by the task's loss. */
export type SecondStep = Fit<"taskLoss", "a" | "k" | "L0" | "b", "accuracy">;

/** Options of `Chain.interval`: level, and whether one more run is meant (default) or the law's value. */
export type ChainIntervalOptions = Pick<PredictionOptions, "level" | "kind">;
