export { distillationFlops } from "./distillationFlops.ts";
export {
  bestTeacher,
  busbridge2025,
  type DistillationConstants,
  distilledLoss,
  type Student,
} from "./distilledLoss.ts";
export { effectiveParamsPrecision, type PrecisionBits } from "./effectiveParamsPrecision.ts";
export { type Lever, levers } from "./levers.ts";
export { type LossFloors, type LossPair, type LossToLossLine, lossToLossLine } from "./lossToLossLine.ts";
export { optimalPrecision } from "./optimalPrecision.ts";
export { type PrecisionAllocation, precisionAllocation } from "./precisionAllocation.ts";
export {
  kumar2024,
  type PrecisionConstants,
  type PrecisionPart,
  type PrecisionPartName,
} from "./precisionConstants.ts";
export { precisionForSize, type SizedBudget, type SizedPrecision } from "./precisionForSize.ts";
export { quantisationPenalty, tokensUntilHarm } from "./quantisationPenalty.ts";
export { computeForReward, type RewardCurve, rlReward } from "./rlReward.ts";
export { streamsWorth } from "./streamsWorth.ts";
export { type TransferWorth, transferWorth } from "./transferWorth.ts";
