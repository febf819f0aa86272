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
export type {
  Bootstrap,
  Interval,
  IntervalOptions,
  PredictionOptions,
  Quantity,
} from "./fit/uncertainty/BootstrapResult.ts";
export type { BootstrapOptions } from "./fit/uncertainty/bootstrap.ts";
export type { Covariance, CovarianceOptions } from "./fit/uncertainty/covariance.ts";
export type { Profile, ProfileOptions, ProfilePoint } from "./fit/uncertainty/profile.ts";
export * from "./format/index.ts";
export * from "./inference/index.ts";
export * from "./isoflop/index.ts";
export * from "./judgement/index.ts";
export * from "./laws/index.ts";
export * from "./plan/index.ts";
export * from "./training/index.ts";
export { version } from "./version.ts";
export * from "./widgets/index.ts";
