export * from "./accelerators/index.ts";
export { type CatalogModel, type ModelName, modelShape, models } from "./models.ts";
