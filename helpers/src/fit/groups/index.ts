export { type FitGroupsOptions, fitGroups } from "./fitGroups.ts";
export { type FitResponsesOptions, fitResponses } from "./fitResponses.ts";
export type { GroupFit, GroupFitRecord } from "./GroupFit.ts";
export type { GroupCovariance, GroupCovarianceOptions } from "./groupCovariance.ts";
export type { GroupKey } from "./splitRuns.ts";
