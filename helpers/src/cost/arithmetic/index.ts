export { countParams, type ParamCount } from "./countParams.ts";
export { expectedDistinctExperts } from "./expectedDistinctExperts.ts";
export { type ForwardFlops, type ForwardPass, forwardFlops } from "./forwardFlops.ts";
export {
  type CachedLayer,
  type CachedSequence,
  type KvCache,
  kvCache,
  kvCacheBytes,
} from "./kvCache.ts";
export { weightBytes } from "./weightBytes.ts";
