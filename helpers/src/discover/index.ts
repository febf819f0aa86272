export type { DiscoveredLaw, DiscoveredPrediction, Discovery } from "./Discovery.ts";
export { discover } from "./discover.ts";
export type { DiscoverOptions, DiscoverRow } from "./table/DiscoverOptions.ts";
