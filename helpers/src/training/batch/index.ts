export {
  type CriticalBatch,
  type CriticalBatchQuestion,
  criticalBatch,
} from "./criticalBatch.ts";
export { type DrawQuestion, drawRateAndBatch, type RateBatchDraw } from "./drawRateAndBatch.ts";
export { excessOnGrid, type GridExcess, type GridRun } from "./excessOnGrid.ts";
export {
  fitRateBatch,
  type RateBatchFit,
  type RateBatchOptions,
  type ValleyShape,
  valleyShape,
} from "./fitRateBatch.ts";
export {
  fitStepsToLoss,
  type StepsToLossFit,
  type StepsToLossOptions,
} from "./fitStepsToLoss.ts";
export {
  type GradientNoiseScale,
  gradientNoiseScale,
  type NoiseScaleQuestion,
} from "./gradientNoiseScale.ts";
export { largestBatch } from "./largestBatch.ts";
export { type OwnOptimum, ownOptimum } from "./ownOptimum.ts";
export { countedCriticalBatch, zhangCriticalBatch } from "./publishedCriticalBatch.ts";
export { type RateBatchConstants, rateBatchConstants } from "./RateBatchConstants.ts";
export {
  type RateAndBatch,
  type RateAndBatchQuestion,
  rateAndBatch,
  type WithInterval,
} from "./rateAndBatch.ts";
export { rateByNoiseScale } from "./rateByNoiseScale.ts";
export { stepLawValley } from "./stepLawValley.ts";
export { type BatchQuestion, type StepsAndExamples, stepsAndExamples } from "./stepsAndExamples.ts";
export {
  type BatchCost,
  type TimeAgainstComputeQuestion,
  timeAgainstCompute,
} from "./timeAgainstCompute.ts";
export { type IntervalOf, type ValleyErrors, valleyErrors } from "./valleyUncertainty.ts";
export { withoutEachGrid } from "./withoutEachGrid.ts";
