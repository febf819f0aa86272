export { type BatchedScaling, batchedScaling, type TimedWithBatch } from "./batchedScaling.ts";
export { type FinishedTraining, impliedMfu } from "./impliedMfu.ts";
export { type PublishedGoodput, publishedGoodput } from "./publishedGoodput.ts";
export type { Ranged } from "./Ranged.ts";
export { type DeviceScaling, scalingExponent, type TimedOnDevices } from "./scalingExponent.ts";
export type { TrainingRunQuestion } from "./TrainingRunQuestion.ts";
export { type AttentionShape, type TrainingSize, trainingFlops } from "./trainingFlops.ts";
export { type RunQuantity, type TrainingRun, trainingRun } from "./trainingRun.ts";
