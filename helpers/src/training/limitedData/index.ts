export {
  type AllocateWithDataOptions,
  allocateWithData,
  type DataAllocation,
} from "./allocateWithData.ts";
export { type BootstrapRStarOptions, bootstrapRStar, type RStarReplicate } from "./bootstrapRStar.ts";
export { decayingExponentsLoss } from "./decayingExponentsLoss.ts";
export {
  balancedParams,
  type EffectiveParamsWithDataOptions,
  effectiveParamsWithData,
  type SizeAndDataConstants,
} from "./effectiveParamsWithData.ts";
export { type DecayForm, type EffectiveTokensOptions, effectiveTokens } from "./effectiveTokens.ts";
export { epochsWorth, marginalEpochValue } from "./epochsWorth.ts";
export {
  bootstrapRepetitionCost,
  fitRepetitionCost,
  type RepetitionCostFit,
  type RepetitionCostOptions,
} from "./fitRepetitionCost.ts";
export {
  type DataConstrainedFit,
  type FitRStarOptions,
  fitRStar,
  type LimitedDataRun,
} from "./fitRStar.ts";
export { profileRStar, type RStarProfilePoint } from "./profileRStar.ts";
export {
  type HeldOutCost,
  type RepetitionCostHoldOut,
  repetitionCost,
  repetitionCostHoldOut,
} from "./repetitionCostHoldOut.ts";
export { type RepetitionPair, repetitionPairs } from "./repetitionPairs.ts";
export type { DataConstrainedConstants, FreshLaw } from "./requireLimitedDataLaw.ts";
export {
  type HeldOutLimitedRun,
  type RStarHoldOut,
  type RStarHoldOutOptions,
  rStarHoldOut,
} from "./rStarHoldOut.ts";
export {
  muennighoffRefit,
  repetitionCostRefit,
  repetitionCostReplicates,
  rStarReplicates,
  rStarReplicatesRefit,
} from "./rStarReplicates.ts";
export { type TokenExchange, type TokenExchangeOptions, tokenExchange } from "./tokenExchange.ts";
