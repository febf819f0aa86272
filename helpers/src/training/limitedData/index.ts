export {
  type AllocateWithDataOptions,
  allocateWithData,
  type DataAllocation,
  type DataConstrainedConstants,
} from "./allocateWithData.ts";
export { type BootstrapRStarOptions, bootstrapRStar, type RStarReplicate } from "./bootstrapRStar.ts";
export {
  balancedParams,
  type EffectiveParamsWithDataOptions,
  effectiveParamsWithData,
  type SizeAndDataConstants,
} from "./effectiveParamsWithData.ts";
export { type DecayForm, type EffectiveTokensOptions, effectiveTokens } from "./effectiveTokens.ts";
export { epochsWorth, marginalEpochValue } from "./epochsWorth.ts";
export { type FitRStarOptions, fitRStar, type LimitedDataRun } from "./fitRStar.ts";
export { muennighoffRefit, rStarReplicates } from "./rStarReplicates.ts";
