export {
  type AllocateWithDataOptions,
  allocateWithData,
  type DataAllocation,
  type DataConstrainedConstants,
} from "./allocateWithData.ts";
export {
  balancedParams,
  type EffectiveParamsWithDataOptions,
  effectiveParamsWithData,
  type SizeAndDataConstants,
} from "./effectiveParamsWithData.ts";
export { type DecayForm, type EffectiveTokensOptions, effectiveTokens } from "./effectiveTokens.ts";
export { epochsWorth, marginalEpochValue } from "./epochsWorth.ts";
