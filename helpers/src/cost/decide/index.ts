export { calibratedDifference } from "./calibratedDifference.ts";
export {
  type ScenarioMemory,
  type ScenarioMemoryOptions,
  scenarioMemory,
} from "./configurations/scenarioMemory.ts";
export type { ServingFormat } from "./configurations/servingFormats.ts";
export type { ServingLayoutChoices } from "./configurations/servingLayouts.ts";
export { describeServing } from "./describeServing.ts";
export {
  type ComparedQuantity,
  type DifferenceInterval,
  type EstimatedScenario,
  independentDifference,
} from "./differenceInterval.ts";
export { fitServingPower, type LoadPower, type MeasuredPower } from "./money/fitServingPower.ts";
export {
  type PoweredNode,
  type ServingPower,
  servingPower,
  servingPowerConstants,
} from "./money/servingPower.ts";
export type {
  LatencyLimits,
  ServingChoices,
  ServingObjective,
  ServingOffer,
  ServingPercentiles,
  ServingQuestion,
} from "./ServingQuestion.ts";
export { servingObjectives } from "./ServingQuestion.ts";
export type { FoundServing, ServingSearch } from "./ServingSearch.ts";
export { searchServing } from "./searchServing.ts";
export { type SimulatedPercentiles, simulatedPercentiles } from "./simulatedPercentiles.ts";
export { type SimulateScenarioOptions, simulateScenario } from "./simulateScenario.ts";
