export * from "./blocks/index.ts";
export * from "./config/index.ts";
export { type Layer, type Model, modelBlocks, type StoredWeights, type Tower } from "./Model.ts";
export { isModel, modelFromShape } from "./modelFromShape.ts";
export { type OpenElmSetting, openElmModel } from "./openElmModel.ts";
export type {
  ExpertLayers,
  GroupedAttention,
  LatentAttention,
  TransformerShape,
} from "./TransformerShape.ts";
export { textModel } from "./textModel.ts";
