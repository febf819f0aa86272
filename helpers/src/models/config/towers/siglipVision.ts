import type { Block } from "../../blocks/Block.ts";
import { vector } from "../../blocks/Tensor.ts";
import type { Tower } from "../../Model.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { biased } from "../pieces/biased.ts";
import { encoderLayers } from "../pieces/encoderLayers.ts";
import { imageGrid, patches } from "../pieces/patches.ts";
import { towersOnly } from "../pieces/towersOnly.ts";
import { clipLayers } from "./clipVision.ts";
import type { VisionTower } from "./VisionTower.ts";

/** SigLIP's vision tower; behind it an attention that pools, unless `vision_use_head` is false. */
export function siglipVisionTower(keys: ConfigKeys): VisionTower {
  const width = keys.whole("hidden_size", 768);
  const grid = imageGrid(keys, { image: 224, patch: 16 });
  const norm = { kind: "norm", size: width, bias: true } as const;
  const pooled = keys.flag("vision_use_head", true);
  const tower: Tower = {
    role: "vision",
    input: [patches(width, grid.inputs, { bias: true }), { kind: "position-table", rows: grid.count, width }],
    layers: clipLayers(keys, { width, heads: 12, size: 3072, layers: 12 }),
    output: [norm, ...(pooled ? poolingHead(keys, width) : [])],
  };
  keys.ignore("projection_dim", "vocab_size", "num_image_tokens", "num_positions");
  return { tower, width };
}

/** One learned query attends to all patches and passes a norm and a feed-forward. */
function poolingHead(keys: ConfigKeys, width: number): Block[] {
  const probe: Block = { kind: "other", name: "probe", tensors: [vector("probe", width)] };
  const [layer] = encoderLayers({
    width,
    nHeads: keys.whole("num_attention_heads", 12),
    size: keys.whole("intermediate_size", 3072),
    layers: 1,
    biases: biased(true),
    mlpBias: true,
  });
  // Of the layer's two norms there is the second only.
  return [probe, ...layer!.blocks.slice(1)];
}

/** SigLIP's vision tower on its own. */
export function siglipVision(keys: ConfigKeys): ReadModel {
  const { tower, width } = siglipVisionTower(keys);
  return towersOnly(width, [tower]);
}
