export { type Accelerator, accelerators, type EfficiencyPreset, efficiencyPresets } from "./accelerators.ts";
export { modelNamed, publishedModel } from "./modelNamed.ts";
export type { PublishedModel } from "./models/PublishedModel.ts";
export { type CatalogModel, type ModelName, modelShape, models } from "./models.ts";
export { publishedModels } from "./publishedModels.ts";
