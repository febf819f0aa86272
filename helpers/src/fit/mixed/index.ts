export { type FitMixedOptions, fitMixed } from "./fitMixed.ts";
export type { MixedFit, MixedFitRecord, MixedSettings } from "./MixedFit.ts";
