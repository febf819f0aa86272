import type { Model } from "../../models/Model.ts";
import { spreads } from "../time/calibrate/spreads.ts";
import { publishedCalibration } from "../time/calibration.ts";
import type { TimedAccelerator } from "../time/TimedAccelerator.ts";
import { type TimedStep, trainingTimer } from "../time/trainingTimer.ts";
import { unseenOf } from "../time/unseenOf.ts";
import type { StepEstimator } from "./StepEstimator.ts";

/**
 * The calibrated timer, with what two runs differ by that no part explains: a calibration on runs of one layout each cannot
 * tell the noise of a run from what is its layout's own, so that both count in a comparison.
 */
export function calibratedEstimator(
  model: Model,
  accelerator: TimedAccelerator,
  step: TimedStep,
): StepEstimator {
  const timer = trainingTimer(model, accelerator, step);
  const { deviations } = step.calibration ?? publishedCalibration();
  const noise = deviations[spreads.findIndex(({ name }) => name === `noise, ${timer.labels.kind}`)]!;
  return {
    logSeconds: timer.logSeconds,
    deviation: timer.deviation,
    sensitivity: timer.sensitivity,
    differenceDeviation: (a, b) => Math.hypot(timer.differenceDeviation(a, b), Math.SQRT2 * noise),
    assumptions: unseenOf(timer.prediction, step.stack),
    prediction: timer.prediction,
  };
}
