export { countParams, type ParamCount } from "./countParams.ts";
export {
  estimateServing,
  type ServingEstimate,
  type ServingRequest,
  usdPerMillionTokens,
} from "./estimateServing.ts";
export { expectedDistinctExperts } from "./expectedDistinctExperts.ts";
export { type ForwardFlops, forwardFlops } from "./forwardFlops.ts";
export { kvCacheBytes } from "./kvCache.ts";
export * from "./run/index.ts";
export { weightBytes } from "./weightBytes.ts";
