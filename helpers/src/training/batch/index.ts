export { type GradientNoiseScale, gradientNoiseScale, type NoiseScaleQuestion } from "./gradientNoiseScale.ts";
export { largestBatch } from "./largestBatch.ts";
export { type BatchQuestion, type StepsAndExamples, stepsAndExamples } from "./stepsAndExamples.ts";
export {
  type BatchCost,
  type TimeAgainstComputeQuestion,
  timeAgainstCompute,
} from "./timeAgainstCompute.ts";
export {
  fitRateBatch,
  type RateBatchFit,
  type RateBatchOptions,
  type ValleyShape,
  valleyShape,
} from "./fitRateBatch.ts";
