export * from "./hyperparameters/index.ts";
export { type LeastSquares, leastSquares } from "./leastSquares.ts";
export { optimalTokenMultiplier } from "./optimalTokenMultiplier.ts";
export { percentileInterval } from "./percentileInterval.ts";
export { rangeNote } from "./rangeNote.ts";
export { type ReferenceFit, referenceClaims } from "./referenceClaims.ts";
export * from "./vocabulary/index.ts";
