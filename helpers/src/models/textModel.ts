import type { Model } from "./Model.ts";

/**
 * A model without its vision and audio towers and without what stands between: what many tables mean by the size of a
 * model that also sees. The encoder of an encoder-decoder stays.
 *
 * @example
 * import { countParams, modelFromConfig, textModel } from "isoflop";
 * const seeing = modelFromConfig({ model_type: "qwen3_5", text_config: { num_hidden_layers: 4 }, vision_config: {} });
 * countParams(seeing).total - countParams(textModel(seeing)).total; // => 453650672
 */
export function textModel(model: Model): Model {
  return { ...model, towers: model.towers.filter(({ role }) => role === "encoder") };
}
