export type { FitMixedOptions } from "./FitMixedOptions.ts";
export { fitMixed } from "./fitMixed.ts";
export type { MixedFit } from "./MixedFit.ts";
export type { MixedFitRecord, MixedSettings } from "./MixedFitRecord.ts";
