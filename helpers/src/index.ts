export * from "./catalog/index.ts";
export * from "./claims/index.ts";
export * from "./cost/index.ts";
export * from "./figures/index.ts";
export { asymmetric } from "./fit/asymmetric.ts";
export type {
  Bootstrap,
  Interval,
  IntervalOptions,
  PredictionOptions,
  Quantity,
} from "./fit/BootstrapResult.ts";
export type { BootstrapOptions } from "./fit/bootstrap.ts";
export type { Covariance, CovarianceOptions } from "./fit/covariance.ts";
export type { FitOptions, FitStatus, Prior } from "./fit/FitOptions.ts";
export type { FitRecord } from "./fit/FitRecord.ts";
export type { Fit } from "./fit/FitResult.ts";
export { fit } from "./fit/fit.ts";
export { huber } from "./fit/huber.ts";
export type { Loss } from "./fit/Loss.ts";
export { l1 } from "./fit/l1.ts";
export { loadFit } from "./fit/loadFit.ts";
export { logCosh } from "./fit/logCosh.ts";
export type { Profile, ProfileOptions, ProfilePoint } from "./fit/profile.ts";
export { squared } from "./fit/squared.ts";
export * from "./format/index.ts";
export * from "./inference/index.ts";
export * from "./isoflop/index.ts";
export * from "./judgement/index.ts";
export { type BrokenPowerLaw, brokenPowerLaw } from "./laws/brokenPowerLaw.ts";
export { chinchilla } from "./laws/chinchilla.ts";
export { chinchillaEqualExponents } from "./laws/chinchillaEqualExponents.ts";
export { chinchillaInteraction } from "./laws/chinchillaInteraction.ts";
export { downstreamError } from "./laws/downstreamError.ts";
export { exponentiatedPowerLaw } from "./laws/exponentiatedPowerLaw.ts";
export { kaplanParamsSteps } from "./laws/kaplanParamsSteps.ts";
export { kaplanParamsTokens } from "./laws/kaplanParamsTokens.ts";
export type { FittedLaw, Law, Parameter, ParameterName, Variable, VariableName } from "./laws/Law.ts";
export { builtInLaws, lawFromSpecification } from "./laws/lawFromSpecification.ts";
export { multiplicativePowerLaw } from "./laws/multiplicativePowerLaw.ts";
export { overTraining } from "./laws/overTraining.ts";
export { type PowerLawOptions, powerLaw } from "./laws/powerLaw.ts";
export { predict } from "./laws/predict.ts";
export { besiroglu2024, hoffmann2022, hoffmann2022Rounded } from "./laws/publishedChinchilla.ts";
export { kaplan2020ParamsSteps, kaplan2020ParamsTokens } from "./laws/publishedKaplan.ts";
export { saturatingLogistic } from "./laws/saturatingLogistic.ts";
export { separablePowerLaw } from "./laws/separablePowerLaw.ts";
export { vocabularyLoss } from "./laws/vocabularyLoss.ts";
export { type PublishedLaw, withParameters } from "./laws/withParameters.ts";
export { type Allocation, type ComputeOptimalOptions, computeOptimal } from "./plan/computeOptimal.ts";
export { planTraining, type TrainingQuestion } from "./plan/planTraining.ts";
export type { Planned, TrainingPlan } from "./plan/TrainingPlan.ts";
export { type Budget, type BudgetQuestion, findAccelerator, trainingBudget } from "./plan/trainingBudget.ts";
export * from "./training/index.ts";
export { version } from "./version.ts";
export * from "./widgets/index.ts";
