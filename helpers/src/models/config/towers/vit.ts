import type { Block } from "../../blocks/Block.ts";
import { linear } from "../../blocks/Tensor.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { biased } from "../pieces/biased.ts";
import { encoderLayers } from "../pieces/encoderLayers.ts";
import { imageGrid, patches } from "../pieces/patches.ts";
import { towersOnly } from "../pieces/towersOnly.ts";

/**
 * A vision transformer, with the classifier that `architectures` names (a row a label), or else with the pooling layer of
 * the bare class.
 */
export function vit(keys: ConfigKeys): ReadModel {
  const width = keys.whole("hidden_size", 768);
  const grid = imageGrid(keys, { image: 224, patch: 16 });
  const norm = { kind: "norm", size: width, bias: true } as const;
  const bias = keys.flag("qkv_bias", true);
  const pooled = keys.whole("pooler_output_size", width);
  const classes = keys.list("architectures", String) ?? [];
  const classifies = classes.includes("ViTForImageClassification");
  const behind: Block = classifies
    ? {
        kind: "other",
        name: "classifier",
        tensors: linear("classifier", labels(keys), width, "none", { bias: true }),
      }
    : { kind: "other", name: "pooler", tensors: linear("pooler", pooled, width, "none", { bias: true }) };
  keys.ignore("encoder_stride", "num_labels", "id2label");
  const tower = {
    role: "vision",
    input: [
      patches(width, grid.inputs, { bias: true, classToken: true }),
      { kind: "position-table", rows: grid.count + 1, width },
    ],
    layers: encoderLayers({
      width,
      nHeads: keys.whole("num_attention_heads", 12),
      size: keys.whole("intermediate_size", 3072),
      layers: keys.whole("num_hidden_layers", 12),
      biases: biased(bias, true),
      mlpBias: true,
    }),
    output: [norm, behind],
  } as const;
  return towersOnly(width, [tower]);
}

/** Rows of the classifier: a name each, or two where none are given. */
function labels(keys: ConfigKeys): number {
  const names = keys.raw("id2label");
  return typeof names === "object" && names !== null
    ? Object.keys(names).length
    : keys.whole("num_labels", 2);
}
