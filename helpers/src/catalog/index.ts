export { type Accelerator, accelerators, type EfficiencyPreset, efficiencyPresets } from "./accelerators.ts";
export { type CatalogModel, type ModelName, modelShape, models } from "./models.ts";
