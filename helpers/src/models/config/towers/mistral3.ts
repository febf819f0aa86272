import { linear } from "../../blocks/Tensor.ts";
import { ConfigKeys } from "../ConfigKeys.ts";
import type { ReaderContext, ReadModel } from "../ConfigReader.ts";
import { projector } from "../pieces/projector.ts";
import { withTowers } from "../pieces/withTowers.ts";
import { featureLayers } from "./llava.ts";
import { visionTower } from "./visionTowers.ts";

const standardTower = { kind: "pixtral", config: { image_size: 1540, patch_size: 14 } };

const standardText = {
  model_type: "mistral",
  hidden_size: 5120,
  intermediate_size: 32768,
  num_attention_heads: 32,
  num_hidden_layers: 40,
  num_key_value_heads: 8,
  head_dim: 128,
  vocab_size: 131072,
  max_position_embeddings: 131072,
};

/** Mistral Small 3.1 and its like: Pixtral's tower, a merger of neighbouring patches, two matrices. */
export function mistral3(keys: ConfigKeys, context: ReaderContext): ReadModel {
  const part = keys.part("text_config") ?? new ConfigKeys(standardText, "text_config");
  const text = context.read(part, "mistral");
  const { tower, width } = visionTower(keys, standardTower);
  const merged = keys.whole("spatial_merge_size", 2) ** 2;
  const bias = keys.flag("multimodal_projector_bias", false);
  const { hiddenSize } = text;
  const between = projector(
    [
      ...linear("merge", width, width * merged, "none"),
      ...linear("first", hiddenSize, width * featureLayers(keys), "none", { bias }),
      ...linear("second", hiddenSize, hiddenSize, "none", { bias }),
    ],
    [{ kind: "norm", size: width }],
  );
  // Files that leave the key out (Mistral Small 3.1 and 3.2) hold a head of their own, as their text model says.
  return withTowers(keys, text, [tower, between]);
}
