export type { DiscoveredLaw, DiscoveredPrediction, DiscoveredVariable } from "./DiscoveredLaw.ts";
export type { Discovery } from "./Discovery.ts";
export * from "./design/index.ts";
export { type DiscoverProgress, discover, discoverInSteps } from "./discover.ts";
export type { DiscoverOptions, DiscoverRow } from "./table/DiscoverOptions.ts";
