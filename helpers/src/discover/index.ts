export type { DiscoveredLaw, DiscoveredPrediction, DiscoveredVariable, Discovery } from "./Discovery.ts";
export * from "./design/index.ts";
export { type DiscoverProgress, discover, discoverInSteps } from "./discover.ts";
export type { DiscoverOptions, DiscoverRow } from "./table/DiscoverOptions.ts";
