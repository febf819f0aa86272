export * from "./EngineEstimate.ts";
export * from "./EngineStep.ts";
export * from "./engineClock.ts";
export * from "./estimateEngine.ts";
export * from "./estimateRecord.ts";
export * from "./loadCurve.ts";
export { readServingRow } from "./rows/readServingRow.ts";
export * from "./ServingLayout.ts";
export * from "./ServingScenario.ts";
