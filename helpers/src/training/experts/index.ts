export { allocateMoe, type MoeAllocation, type MoeAnswer, type MoeQuestion } from "./allocateMoe.ts";
export { clarkFlooredRefit, clarkFlooredReplicates } from "./clarkFlooredReplicates.ts";
export { clarkRefit, clarkReplicates } from "./clarkReplicates.ts";
export {
  type EffectiveParameterQuestion,
  type EffectiveParameters,
  effectiveParameterCount,
  type FittedRoutedLaw,
  routedCutoff,
} from "./effectiveParameterCount.ts";
export { type MoeLoss, type MoeModel, moeLoss, routedOnDense } from "./MoeLoss.ts";
export { type MoeFlops, moeFlopsPerToken } from "./moeFlopsPerToken.ts";
export { type MoeGeometry, type MoeParams, moeParams } from "./moeParams.ts";
export { type MoeShapeOptions, moeShape } from "./moeShape.ts";
export { routedRuns } from "./routedRuns.ts";
