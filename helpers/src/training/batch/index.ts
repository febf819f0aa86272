export {
  type CriticalBatch,
  type CriticalBatchQuestion,
  criticalBatch,
} from "./criticalBatch.ts";
export { type DrawQuestion, drawRateAndBatch, type RateBatchDraw } from "./drawRateAndBatch.ts";
export {
  fitStepsToLoss,
  type StepsToLossFit,
  type StepsToLossOptions,
} from "./fitStepsToLoss.ts";
export { countedCriticalBatch, zhangCriticalBatch } from "./publishedCriticalBatch.ts";
export {
  fitRateBatch,
  type RateBatchFit,
  type RateBatchOptions,
  type ValleyShape,
  valleyShape,
} from "./fitRateBatch.ts";
export {
  type GradientNoiseScale,
  gradientNoiseScale,
  type NoiseScaleQuestion,
} from "./gradientNoiseScale.ts";
export { largestBatch } from "./largestBatch.ts";
export { type RateBatchConstants, rateBatchConstants } from "./RateBatchConstants.ts";
export {
  type RateAndBatch,
  type RateAndBatchQuestion,
  rateAndBatch,
  type WithInterval,
} from "./rateAndBatch.ts";
export { stepLawValley } from "./stepLawValley.ts";
export { type BatchQuestion, type StepsAndExamples, stepsAndExamples } from "./stepsAndExamples.ts";
export {
  type BatchCost,
  type TimeAgainstComputeQuestion,
  timeAgainstCompute,
} from "./timeAgainstCompute.ts";
export { withoutEachGrid } from "./withoutEachGrid.ts";
