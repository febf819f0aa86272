export type { FitRecord } from "./FitRecord.ts";
export type { Fit } from "./FitResult.ts";
export { fit } from "./fit.ts";
export { loadFit } from "./loadFit.ts";
export { asymmetric } from "./losses/asymmetric.ts";
export { huber } from "./losses/huber.ts";
export type { Loss } from "./losses/Loss.ts";
export { l1 } from "./losses/l1.ts";
export { logCosh } from "./losses/logCosh.ts";
export { squared } from "./losses/squared.ts";
export type { FitOptions, FitStatus, Prior } from "./objective/FitOptions.ts";
export type {
  Bootstrap,
  Interval,
  IntervalOptions,
  PredictionOptions,
  Quantity,
} from "./uncertainty/BootstrapResult.ts";
export type { BootstrapOptions } from "./uncertainty/bootstrap.ts";
export type { Covariance, CovarianceOptions } from "./uncertainty/covariance.ts";
export type { Profile, ProfileOptions, ProfilePoint } from "./uncertainty/profile.ts";
