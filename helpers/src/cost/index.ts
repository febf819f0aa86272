export * from "./arithmetic/index.ts";
export {
  estimateServing,
  type ServingEstimate,
  type ServingRequest,
  usdPerMillionTokens,
} from "./estimateServing.ts";
