export type { CacheTransfer } from "./CacheTransfer.ts";
export type { Length } from "./Length.ts";
export type { ServingPolicy, Speculation } from "./ServingPolicy.ts";
export type { ServingRun, SimulatedRequests } from "./ServingRun.ts";
export type { SimulatedLoad, TraceRequest } from "./SimulatedLoad.ts";
export {
  type PrefillInstances,
  type ServingLimits,
  type SimulatedServing,
  simulateServing,
} from "./simulateServing.ts";
export { type SteadyServing, type SteadyState, steadyState } from "./steadyState.ts";
export type { Spread } from "./summarise.ts";
export { type RequestTrace, readTrace, type TraceReading } from "./trace/readTrace.ts";
