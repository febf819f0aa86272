export type { LayoutChoices, SearchedLayout } from "./layoutsOf.ts";
export type { SearchedCluster, StepEstimator } from "./StepEstimator.ts";
export { type FoundLayout, type LayoutSearch, type SearchOptions, searchLayouts } from "./searchLayouts.ts";
