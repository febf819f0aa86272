export type { TableRow as TrainingRow } from "../rows/rowCells.ts";
export { type CalibrateOptions, calibrateTime, type TimedRun } from "./calibrate/calibrateTime.ts";
export type { RunLabels } from "./calibrate/RunLabels.ts";
export { runGroup } from "./calibrate/spreads.ts";
export type {
  CalibratedRun,
  IntervalFactors,
  Novelty,
  StackFactors,
  TimeCalibration,
} from "./calibrate/TimeCalibration.ts";
export { TimePrediction } from "./calibrate/TimePrediction.ts";
export { publishedCalibration } from "./calibration.ts";
export { type CountedTokens, type MfuConvention, mfuConventions, modelFlopsPerToken } from "./conventions.ts";
export { type ProductFormat, productFormats } from "./machineRates.ts";
export { mfu, type RunFigures } from "./mfu.ts";
export { type StepPart, stepPartNames } from "./priorConstants.ts";
export { readTrainingRow } from "./rows/readTrainingRow.ts";
export { timedRunOf, timeScenario } from "./rows/scenarioRun.ts";
export type { TrainingScenario } from "./rows/TrainingScenario.ts";
export type { StepSeconds, StepTime, StepUse, TimedFigure } from "./StepTime.ts";
export type { TimedLayout } from "./stepParts.ts";
export type { TimedAccelerator } from "./TimedAccelerator.ts";
export type { TimedRunOptions } from "./timedRun.ts";
export { trainingStep } from "./trainingStep.ts";
export { type TimedStep, type TrainingTimer, trainingTimer } from "./trainingTimer.ts";
