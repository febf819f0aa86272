import { linear } from "../../blocks/Tensor.ts";
import { ConfigKeys } from "../ConfigKeys.ts";
import type { ReaderContext, ReadModel } from "../ConfigReader.ts";
import { projector } from "../pieces/projector.ts";
import { withTowers } from "../pieces/withTowers.ts";
import { visionTower } from "./visionTowers.ts";

const standardText = {
  model_type: "gemma",
  hidden_size: 2048,
  num_hidden_layers: 18,
  intermediate_size: 16384,
  num_attention_heads: 8,
  num_key_value_heads: 1,
  vocab_size: 257152,
};

const standardTower = {
  kind: "siglip_vision_model",
  config: {
    hidden_size: 1152,
    intermediate_size: 4096,
    patch_size: 14,
    image_size: 224,
    num_hidden_layers: 27,
    num_attention_heads: 16,
    vision_use_head: false,
  },
};

/** PaliGemma: SigLIP's tower, one matrix, and Gemma. */
export function paligemma(keys: ConfigKeys, context: ReaderContext): ReadModel {
  const part = keys.part("text_config") ?? new ConfigKeys(standardText, "text_config");
  const text = context.read(part, "gemma");
  const { tower, width } = visionTower(keys, standardTower);
  const size = keys.whole("projection_dim", 2048);
  const between = projector(linear("projection", size, width, "none", { bias: true }));
  keys.ignore("hidden_size", "vocab_size", "num_image_tokens");
  return withTowers(keys, text, [tower, between], { tied: true });
}
