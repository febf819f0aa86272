export * from "./lines/curveFit.ts";
export { type LeastSquares, leastSquares } from "./lines/leastSquares.ts";
export * from "./lines/linearFit.ts";
export { percentileInterval } from "./percentileInterval.ts";
export { rankCorrelation } from "./rankCorrelation.ts";
export { rSquared } from "./rSquared.ts";
