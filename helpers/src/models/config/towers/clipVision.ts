import { linear } from "../../blocks/Tensor.ts";
import type { Tower } from "../../Model.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { biased } from "../pieces/biased.ts";
import { encoderLayers } from "../pieces/encoderLayers.ts";
import { imageGrid, patches } from "../pieces/patches.ts";
import { projector } from "../pieces/projector.ts";
import { towersOnly } from "../pieces/towersOnly.ts";
import type { VisionTower } from "./VisionTower.ts";

/** CLIP's vision tower: a class token, a table of positions, norms before and behind the layers. */
export function clipVisionTower(keys: ConfigKeys): VisionTower {
  const width = keys.whole("hidden_size", 768);
  const grid = imageGrid(keys, { image: 224, patch: 32 });
  const norm = { kind: "norm", size: width, bias: true } as const;
  const tower: Tower = {
    role: "vision",
    input: [
      patches(width, grid.inputs, { classToken: true }),
      { kind: "position-table", rows: grid.count + 1, width },
      norm,
    ],
    layers: clipLayers(keys, { width, heads: 12, size: 3072, layers: 12 }),
    output: [norm],
  };
  // Of the projection behind the tower, and of a text model whose keys were copied.
  keys.ignore("projection_dim", "vocab_size");
  return { tower, width };
}

/** The layers of either half of CLIP or SigLIP: LayerNorm, biases everywhere, two matrices. */
export function clipLayers(
  keys: ConfigKeys,
  standard: {
    readonly width: number;
    readonly heads: number;
    readonly size: number;
    readonly layers: number;
  },
) {
  return encoderLayers({
    width: standard.width,
    nHeads: keys.whole("num_attention_heads", standard.heads),
    size: keys.whole("intermediate_size", standard.size),
    layers: keys.whole("num_hidden_layers", standard.layers),
    biases: biased(true),
    mlpBias: true,
  });
}

/** The matrix into the common space, where the class that `architectures` names has one. */
export function projected(keys: ConfigKeys, name: string, width: number): Tower[] {
  const size = keys.whole("projection_dim", 512);
  const classes = keys.list("architectures", String) ?? [];
  return classes.includes(name) ? [projector(linear("projection", size, width, "none"))] : [];
}

/** CLIP's vision tower on its own. */
export function clipVision(keys: ConfigKeys): ReadModel {
  const { tower, width } = clipVisionTower(keys);
  return towersOnly(width, [tower, ...projected(keys, "CLIPVisionModelWithProjection", width)]);
}
