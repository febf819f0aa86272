export { estimateServing, type ServingEstimate, type ServingRequest } from "./estimateServing.ts";
export { type ServingMemory, type ServingMemoryRequest, servingMemory } from "./servingMemory.ts";
export { usdPerMillionTokens } from "./usdPerMillionTokens.ts";
