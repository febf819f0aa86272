export * from "./claims/index.ts";
export * from "./figures/index.ts";
export * from "./format/index.ts";
export * from "./inference/index.ts";
export * from "./isoflop/index.ts";
export * from "./training/index.ts";

export const version = "0.1.0";
export { asymmetric } from "./fit/asymmetric.ts";
export type {
  Bootstrap,
  Interval,
  IntervalOptions,
  PredictionOptions,
  Quantity,
} from "./fit/BootstrapResult.ts";
export type { BootstrapOptions } from "./fit/bootstrap.ts";
export type { FitOptions, FitStatus, Prior } from "./fit/FitOptions.ts";
export type { Fit } from "./fit/FitResult.ts";
export { fit } from "./fit/fit.ts";
export { huber } from "./fit/huber.ts";
export type { Loss } from "./fit/Loss.ts";
export { l1 } from "./fit/l1.ts";
export { logCosh } from "./fit/logCosh.ts";
export { squared } from "./fit/squared.ts";
export { chinchilla } from "./laws/chinchilla.ts";
export { downstreamError } from "./laws/downstreamError.ts";
export type { FittedLaw, Law, Parameter, ParameterName, Variable, VariableName } from "./laws/Law.ts";
export { overTraining } from "./laws/overTraining.ts";
export { predict } from "./laws/predict.ts";
export { besiroglu2024, hoffmann2022, hoffmann2022Rounded } from "./laws/publishedChinchilla.ts";
export { vocabularyLoss } from "./laws/vocabularyLoss.ts";
export { type PublishedLaw, withParameters } from "./laws/withParameters.ts";
export { type Allocation, type ComputeOptimalOptions, computeOptimal } from "./plan/computeOptimal.ts";
