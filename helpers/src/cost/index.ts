export * from "./arithmetic/index.ts";
export {
  estimateServing,
  type ServingEstimate,
  type ServingRequest,
  usdPerMillionTokens,
} from "./estimateServing.ts";
export * from "./layout/index.ts";
export * from "./memory/index.ts";
export * from "./roofline/index.ts";
export * from "./run/index.ts";
export * from "./search/index.ts";
export * from "./time/index.ts";
