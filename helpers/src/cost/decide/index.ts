export { describeServing } from "./describeServing.ts";
export {
  type ComparedQuantity,
  type DifferenceInterval,
  type EstimatedScenario,
  independentDifference,
} from "./differenceInterval.ts";
export { fitServingPower, type LoadPower, type MeasuredPower } from "./fitServingPower.ts";
export { type ScenarioMemory, type ScenarioMemoryOptions, scenarioMemory } from "./memory/scenarioMemory.ts";
export type {
  ServingChoices,
  ServingLimits,
  ServingObjective,
  ServingOffer,
  ServingPercentiles,
  ServingQuestion,
} from "./ServingQuestion.ts";
export { servingObjectives } from "./ServingQuestion.ts";
export type { FoundServing, ServingSearch } from "./ServingSearch.ts";
export { searchServing } from "./searchServing.ts";
export { type ServingFormat, servingFormatNames } from "./servingFormats.ts";
export type { ServingLayoutChoices } from "./servingLayouts.ts";
export { type PoweredNode, type ServingPower, servingPower, servingPowerConstants } from "./servingPower.ts";
