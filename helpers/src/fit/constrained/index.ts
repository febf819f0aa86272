export type { ConstrainedFit, ConstrainedFitRecord } from "./ConstrainedFit.ts";
export { type FitConstrainedOptions, fitConstrained } from "./fitConstrained.ts";
