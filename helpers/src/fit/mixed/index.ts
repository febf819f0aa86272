export type { FitMixedOptions } from "./FitMixedOptions.ts";
export { fitMixed } from "./fitMixed.ts";
export type { MixedFit, MixedFitRecord, MixedSettings } from "./MixedFit.ts";
