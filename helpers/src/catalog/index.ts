export * from "./accelerators/index.ts";
export { type CatalogModel, type ModelName, modelShape, models } from "./models.ts";
export type {
  ExpertLayers,
  GroupedAttention,
  LatentAttention,
  TransformerShape,
} from "./TransformerShape.ts";
