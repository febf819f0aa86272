import type { Tower } from "../../Model.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { encoderLayers } from "../pieces/encoderLayers.ts";
import { imageGrid, patches } from "../pieces/patches.ts";
import { towersOnly } from "../pieces/towersOnly.ts";
import type { VisionTower } from "./VisionTower.ts";

/** Pixtral's vision tower: rotary positions, RMSNorm, three matrices, no biases. */
export function pixtralVisionTower(keys: ConfigKeys): VisionTower {
  const width = keys.whole("hidden_size", 1024);
  const grid = imageGrid(keys, { image: 1024, patch: 16 });
  const tower: Tower = {
    role: "vision",
    input: [patches(width, grid.inputs), { kind: "norm", size: width }],
    layers: encoderLayers({
      width,
      nHeads: keys.whole("num_attention_heads", 16),
      size: keys.whole("intermediate_size", 4096),
      layers: keys.whole("num_hidden_layers", 24),
      normBias: false,
      biases: {},
      matrices: 3,
      mlpBias: false,
    }),
    output: [],
  };
  keys.ignore("head_dim", "vocab_size", "projection_dim");
  return { tower, width };
}

/** Pixtral's vision tower on its own. */
export function pixtralVision(keys: ConfigKeys): ReadModel {
  const { tower, width } = pixtralVisionTower(keys);
  return towersOnly(width, [tower]);
}
