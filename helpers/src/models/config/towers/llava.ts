import { linear } from "../../blocks/Tensor.ts";
import { ConfigKeys } from "../ConfigKeys.ts";
import type { ReaderContext, ReadModel } from "../ConfigReader.ts";
import { projector } from "../pieces/projector.ts";
import { withTowers } from "../pieces/withTowers.ts";
import { visionTower } from "./visionTowers.ts";

/** CLIP ViT-L/14 at 336 pixels, which LLaVA takes where no tower is described. */
const standardTower = {
  kind: "clip_vision_model",
  config: {
    hidden_size: 1024,
    intermediate_size: 4096,
    image_size: 336,
    patch_size: 14,
    num_hidden_layers: 24,
    num_attention_heads: 16,
  },
};

/** LLaVA 1.5: a vision tower, two matrices, and a text model of its own family. */
export function llava(keys: ConfigKeys, context: ReaderContext): ReadModel {
  return llavaBy(keys, context, []);
}

/** LLaVA 1.6, which adds a vector that ends a row of patches. */
export function llavaNext(keys: ConfigKeys, context: ReaderContext): ReadModel {
  return llavaBy(keys, context, ["line-end"]);
}

function llavaBy(keys: ConfigKeys, context: ReaderContext, vectors: readonly string[]): ReadModel {
  const text = context.read(keys.part("text_config") ?? new ConfigKeys({}, "text_config"), "llama");
  const { tower, width } = visionTower(keys, standardTower);
  const layers = featureLayers(keys);
  const bias = keys.flag("multimodal_projector_bias", true);
  const { hiddenSize } = text;
  const between = projector([
    ...linear("first", hiddenSize, width * layers, "none", { bias }),
    ...linear("second", hiddenSize, hiddenSize, "none", { bias }),
    ...vectors.map((name) => ({
      name,
      shape: [hiddenSize],
      role: "vector" as const,
      split: "none" as const,
    })),
  ]);
  // Copies of what the text model says, and what changes only how an image is cut.
  keys.ignore("vocab_size", "image_grid_pinpoints", "hidden_size", "pad_token_id");
  return withTowers(keys, text, [tower, between], { tied: false, eitherTies: true });
}

/** How many layers of the tower the projector reads side by side. */
export function featureLayers(keys: ConfigKeys): number {
  const given = keys.raw("vision_feature_layer");
  return Array.isArray(given) ? given.length : 1;
}
