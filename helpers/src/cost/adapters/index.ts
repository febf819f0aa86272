export type { AdapterMethod } from "./AdapterMethod.ts";
export { type AdapterParams, adapterParams } from "./adapterParams.ts";
export { crossoverBandwidth, type Round, roundSeconds } from "./crossoverBandwidth.ts";
export { type FineTuningBytes, fineTuningBytes } from "./fineTuningBytes.ts";
export { type LowRank, lowRankMatrix, rankForShare } from "./lowRank.ts";
export { quantizedBits } from "./quantizedBits.ts";
export { ternaryUpdateBits, ternaryUpdateSize } from "./ternaryUpdate.ts";
