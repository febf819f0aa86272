export * from "./catalog/index.ts";
export * from "./claims/index.ts";
export * from "./cost/index.ts";
export * from "./figures/index.ts";
export type { FitRecord } from "./fit/FitRecord.ts";
export type { Fit } from "./fit/FitResult.ts";
export { fit } from "./fit/fit.ts";
export { loadFit } from "./fit/loadFit.ts";
export { asymmetric } from "./fit/losses/asymmetric.ts";
export { huber } from "./fit/losses/huber.ts";
export type { Loss } from "./fit/losses/Loss.ts";
export { l1 } from "./fit/losses/l1.ts";
export { logCosh } from "./fit/losses/logCosh.ts";
export { squared } from "./fit/losses/squared.ts";
export type { FitOptions, FitStatus, Prior } from "./fit/objective/FitOptions.ts";
export type { Bootstrap } from "./fit/uncertainty/bootstrap/BootstrapResult.ts";
export type { BootstrapOptions } from "./fit/uncertainty/bootstrap/bootstrap.ts";
export type { Covariance, CovarianceOptions } from "./fit/uncertainty/covariance.ts";
export type { Interval, IntervalOptions, PredictionOptions } from "./fit/uncertainty/Interval.ts";
export type { Profile, ProfileOptions, ProfilePoint } from "./fit/uncertainty/profile.ts";
export type { Quantity } from "./fit/uncertainty/Quantity.ts";
export * from "./format/index.ts";
export * from "./inference/index.ts";
export * from "./isoflop/index.ts";
export * from "./judgement/index.ts";
export { chinchilla } from "./laws/chinchilla/chinchilla.ts";
export { chinchillaEqualExponents } from "./laws/chinchilla/chinchillaEqualExponents.ts";
export { chinchillaInBillions } from "./laws/chinchilla/chinchillaInBillions.ts";
export { chinchillaInteraction } from "./laws/chinchilla/chinchillaInteraction.ts";
export { overTraining } from "./laws/chinchilla/overTraining.ts";
export { besiroglu2024, hoffmann2022, hoffmann2022Rounded } from "./laws/chinchilla/publishedChinchilla.ts";
export type {
  FittedLaw,
  Law,
  Parameter,
  ParameterName,
  Variable,
  VariableName,
} from "./laws/definition/Law.ts";
export { predict } from "./laws/definition/predict.ts";
export { type PublishedLaw, withParameters } from "./laws/definition/withParameters.ts";
export { downstreamError } from "./laws/downstream/downstreamError.ts";
export { saturatingLogistic } from "./laws/downstream/saturatingLogistic.ts";
export { kaplanParamsSteps } from "./laws/kaplan/kaplanParamsSteps.ts";
export { kaplanParamsTokens } from "./laws/kaplan/kaplanParamsTokens.ts";
export { kaplan2020ParamsSteps, kaplan2020ParamsTokens } from "./laws/kaplan/publishedKaplan.ts";
export { builtInLaws, lawFromSpecification } from "./laws/lawFromSpecification.ts";
export { type BrokenPowerLaw, brokenPowerLaw } from "./laws/power/brokenPowerLaw.ts";
export { exponentiatedPowerLaw } from "./laws/power/exponentiatedPowerLaw.ts";
export { multiplicativePowerLaw } from "./laws/power/multiplicativePowerLaw.ts";
export { type PowerLawOptions, powerLaw } from "./laws/power/powerLaw.ts";
export { evaluatePowerLaw, type PublishedPowerLaw } from "./laws/power/publishedPowerLaw.ts";
export { separablePowerLaw } from "./laws/power/separablePowerLaw.ts";
export { vocabularyLoss } from "./laws/vocabulary/vocabularyLoss.ts";
export * from "./numerics/index.ts";
export { planTraining, type TrainingQuestion } from "./plan/planTraining.ts";
export type { Planned, TrainingPlan } from "./plan/TrainingPlan.ts";
export { type Budget, type BudgetQuestion, findAccelerator, trainingBudget } from "./plan/trainingBudget.ts";
export * from "./training/index.ts";
export { version } from "./version.ts";
export * from "./widgets/index.ts";
