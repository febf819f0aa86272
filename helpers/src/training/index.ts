export * from "./hyperparameters/index.ts";
export { type LeastSquares, leastSquares } from "./leastSquares.ts";
export { optimalTokenMultiplier } from "./optimalTokenMultiplier.ts";
export { rangeNote } from "./rangeNote.ts";
export * from "./vocabulary/index.ts";
