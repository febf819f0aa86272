export { dirichletShares } from "./dirichletShares.ts";
export type { RepetitionLaw } from "./effectiveMixture.ts";
export { type FittedMixture, fittedMixture } from "./fittedMixture.ts";
export type { MixtureResponse, MixtureRun } from "./MixtureResponse.ts";
export { type MixtureIntervals, mixtureDraws, mixtureIntervals } from "./mixtureIntervals.ts";
export { type OptimalMixture, type OptimalMixtureOptions, optimalMixture } from "./optimalMixture.ts";
export { renormaliseShares } from "./renormaliseShares.ts";
export type { MixtureLimits } from "./shareLimits.ts";
export { simplexGrid } from "./simplexGrid.ts";
