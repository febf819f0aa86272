export { type FitLikelihoodOptions, fitLikelihood } from "./fitLikelihood.ts";
export type { LikelihoodFit, LikelihoodFitRecord } from "./LikelihoodFit.ts";
