export type { LayoutChoices } from "./layoutsOf.ts";
export type { SearchedCluster, SearchedStep, StepEstimator, StepEstimatorOf } from "./StepEstimator.ts";
export { type FoundLayout, type LayoutSearch, type SearchOptions, searchLayouts } from "./searchLayouts.ts";
