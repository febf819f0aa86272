export * from "./compression/chooseBlocks.ts";
export * from "./compression/ternaryCode.ts";
export * from "./compression/weightOnlySpeedup.ts";
export * from "./densing/densingUncertainty.ts";
export * from "./densing/density.ts";
export * from "./densing/effectiveParams.ts";
export {
  type DatedDensity,
  type DatedScore,
  type DensingLaw,
  fitDensingLaw,
} from "./densing/fitDensingLaw.ts";
export * from "./densing/halvingTime.ts";
export * from "./lifetime/lifetimeOptimum.ts";
export * from "./lifetime/matchFlops.ts";
export * from "./lifetime/paretoFrontier.ts";
export * from "./lifetime/servedOptimum.ts";
export { isServingLog, readServingLog } from "./logs/readServingLog.ts";
export * from "./logs/runtimeColumnsOf.ts";
export * from "./logs/runtimeRowsOf.ts";
export * from "./logs/ServingLog.ts";
export * from "./logs/servingRowsOf.ts";
export * from "./retrieval/retrievalAllocation.ts";
export * from "./runtime/bootstrapRuntime.ts";
export * from "./runtime/denoiseRuntimes.ts";
export * from "./runtime/denseTransformerFlops.ts";
export { type FitRuntimeOptions, fitRuntime } from "./runtime/fitRuntime.ts";
export * from "./runtime/predictRuntime.ts";
export * from "./runtime/RuntimeMeasurement.ts";
export * from "./runtime/RuntimeModel.ts";
export * from "./runtime/runtimeCost.ts";
export * from "./sampling/acceptedAccuracy.ts";
export * from "./sampling/coverage.ts";
export * from "./sampling/fitCoverage.ts";
export * from "./sampling/optimalSamples.ts";
export * from "./sampling/overconfidenceFactor.ts";
export * from "./sampling/passAtK.ts";
export * from "./sampling/samplingFlops.ts";
export * from "./sampling/simulateSearch.ts";
export * from "./vision/visionTokens.ts";
