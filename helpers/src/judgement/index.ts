export { type ComparedFit, compareFits, type FitComparison } from "./compareFits.ts";
export { type CrossValidation, type KFoldOptions, kFold, leaveOneOut } from "./crossValidation.ts";
export { type DataNote, dataNotes } from "./dataNotes.ts";
export { type Extrapolation, extrapolationDistance } from "./extrapolationDistance.ts";
export { type FittedRun, fittedRuns } from "./fittedRuns.ts";
export { type HeldOutRun, type HoldOut, holdOut } from "./holdOut.ts";
export { influence, type RunInfluence } from "./influence.ts";
export { type InformationCriteria, informationCriteria } from "./informationCriteria.ts";
export { lawIntervals, type PointIntervals } from "./lawIntervals.ts";
export {
  type LikelihoodRatio,
  type LikelihoodRatioOptions,
  likelihoodRatioTest,
} from "./likelihoodRatioTest.ts";
export { logLikelihood, type NoiseOptions } from "./logLikelihood.ts";
export { type FitNote, type FitNotesOptions, fitNotes } from "./notes/fitNotes.ts";
export { type PlannedRun, planSweep, type SweepOptions, type SweepPlan } from "./planSweep.ts";
export { type ResidualDiagnostics, residualDiagnostics, type Trend } from "./residualDiagnostics.ts";
export type { ResidualLikelihood } from "./residualLikelihood.ts";
export { runsForWidth } from "./runsForWidth.ts";
export {
  type RecoveredParameter,
  type RecoveryOptions,
  type SyntheticRecovery,
  syntheticRecovery,
} from "./syntheticRecovery.ts";
export { type WaldOptions, type WaldTest, waldTest } from "./waldTest.ts";
