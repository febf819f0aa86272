export { type ColumnFitOptions, fitColumns, type NumberColumn } from "./columns/fitColumns.ts";
export * from "./constrained/index.ts";
export type { FitRecord } from "./FitRecord.ts";
export type { Fit } from "./FitResult.ts";
export { fit } from "./fit.ts";
export type { SummaryOptions } from "./fitSummary.ts";
export * from "./groups/index.ts";
export * from "./likelihood/index.ts";
export { loadFit } from "./loadFit.ts";
export { type AdaptiveHuberOptions, adaptiveHuber } from "./losses/adaptiveHuber.ts";
export { asymmetric } from "./losses/asymmetric.ts";
export { huber } from "./losses/huber.ts";
export type { Loss, LossSpecification } from "./losses/Loss.ts";
export { l1 } from "./losses/l1.ts";
export { logCosh } from "./losses/logCosh.ts";
export { squared } from "./losses/squared.ts";
export * from "./mixed/index.ts";
export type { FitOptions, FitStatus, Prior } from "./objective/FitOptions.ts";
export type { Table } from "./objective/Table.ts";
export type { Minimum } from "./search/bfgs.ts";
export type { Bootstrap } from "./uncertainty/bootstrap/BootstrapResult.ts";
export type { BootstrapOptions } from "./uncertainty/bootstrap/bootstrap.ts";
export type { Covariance, CovarianceOptions } from "./uncertainty/covariance.ts";
export type { DeltaOptions } from "./uncertainty/deltaInterval.ts";
export type { Estimate } from "./uncertainty/Estimate.ts";
export type { Interval, IntervalOptions, PredictionOptions } from "./uncertainty/Interval.ts";
export type { ProfilePoint } from "./uncertainty/profile/ProfilePoint.ts";
export type { Profile, ProfileOptions } from "./uncertainty/profile/profile.ts";
export {
  type ContourPoint,
  type ProfileContour,
  type ProfileContourOptions,
  profileContour,
} from "./uncertainty/profile/profileContour.ts";
export type { Quantity } from "./uncertainty/Quantity.ts";
