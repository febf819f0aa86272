export * from "./EngineEstimate.ts";
export * from "./EngineStep.ts";
export * from "./engineClock.ts";
export * from "./estimateEngine.ts";
export { type MeasuredServing, measuredServingOf, type ServingQuantity } from "./rows/measuredServingOf.ts";
export { readServingRow } from "./rows/readServingRow.ts";
export { type ServingStack, type StatedStack, servingStack } from "./rows/servingStack.ts";
export * from "./ServingLayout.ts";
export * from "./ServingScenario.ts";
