export type {
  Accelerator,
  AcceleratorFact,
  AcceleratorLink,
  CatalogAccelerator,
  PriceRange,
} from "./Accelerator.ts";
export { type AcceleratorName, accelerators } from "./accelerators.ts";
export { type EfficiencyPreset, efficiencyPresets } from "./efficiencyPresets.ts";
export { type FindAcceleratorOptions, findAccelerator } from "./findAccelerator.ts";
export { type NumberFormat, numberFormats } from "./NumberFormat.ts";
export { type Peak, peakOf } from "./peakOf.ts";
