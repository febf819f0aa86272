import type { Block } from "../../blocks/Block.ts";
import { normTensors } from "../../blocks/Norm.ts";
import { linear, type Tensor } from "../../blocks/Tensor.ts";
import type { Tower } from "../../Model.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import { biased } from "../pieces/biased.ts";
import { encoderLayers } from "../pieces/encoderLayers.ts";
import { patches, sides } from "../pieces/patches.ts";

/** The tower of Qwen2-VL: LayerNorm, rotary positions, and a merger into the width of the text. */
export function qwen2Vision(keys: ConfigKeys): Tower {
  const width = keys.whole("embed_dim", 1280);
  keys.ignore("spatial_patch_size");
  return qwenTower(keys, {
    width,
    depth: 32,
    size: width * keys.whole("mlp_ratio", 4),
    outputSize: keys.whole("hidden_size", 3584),
    patch: 14,
  });
}

/** The tower of Qwen2.5-VL: RMSNorm and three matrices. */
export function qwen25Vision(keys: ConfigKeys): Tower {
  keys.ignore("window_size", "fullatt_block_indexes", "tokens_per_second", "spatial_patch_size");
  return qwenTower(keys, {
    width: keys.whole("hidden_size", 3584),
    depth: 32,
    size: keys.whole("intermediate_size", 3420),
    outputSize: keys.whole("out_hidden_size", 3584),
    patch: 14,
    rms: true,
  });
}

/** The tower of Qwen3-VL and Qwen 3.5: a table of positions, and mergers out of inner layers where those are listed. */
export function qwen3Vision(keys: ConfigKeys, standardDeep: number): Tower {
  const deep = keys.list("deepstack_visual_indexes", (value) => value)?.length ?? standardDeep;
  return qwenTower(keys, {
    width: keys.whole("hidden_size", 1152),
    depth: 27,
    size: keys.whole("intermediate_size", 4304),
    outputSize: keys.whole("out_hidden_size", 3584),
    patch: 16,
    positions: keys.whole("num_position_embeddings", 2304),
    deep,
  });
}

interface QwenTower {
  readonly width: number;
  readonly depth: number;
  readonly size: number;
  readonly outputSize: number;
  readonly patch: number;
  /** RMSNorm and three matrices in place of LayerNorm and two. */
  readonly rms?: boolean;
  /** Rows of the table of positions, which comes with a bias of the patches. */
  readonly positions?: number;
  readonly deep?: number;
}

function qwenTower(keys: ConfigKeys, shape: QwenTower): Tower {
  const { width, size, outputSize, rms = false, positions, deep = 0 } = shape;
  const [height, across] = sides(keys, "patch_size", shape.patch);
  const frames = keys.whole("temporal_patch_size", 2);
  const channels = keys.whole(["in_channels", "in_chans"], 3);
  const merged = width * keys.whole("spatial_merge_size", 2) ** 2;
  const merger = (name: string, normSize: number): Tensor[] => [
    ...normTensors({ kind: "norm", size: normSize, bias: !rms }, `${name}.norm`),
    ...linear(`${name}.first`, merged, merged, "none", { bias: true }),
    ...linear(`${name}.second`, outputSize, merged, "none", { bias: true }),
  ];
  const mergers: Block = {
    kind: "other",
    name: "mergers",
    tensors: [
      ...merger("merger", width),
      ...Array.from({ length: deep }, (_, i) => merger(`deep-merger-${i}`, merged)).flat(),
    ],
  };
  const table: Block[] = positions ? [{ kind: "position-table", rows: positions, width }] : [];
  return {
    role: "vision",
    input: [patches(width, channels * frames * height * across, { bias: positions !== undefined }), ...table],
    layers: encoderLayers({
      width,
      nHeads: keys.whole(["num_heads", "num_attention_heads"], 16),
      size,
      layers: keys.whole("depth", shape.depth),
      normBias: !rms,
      biases: biased(true),
      matrices: rms ? 3 : 2,
      mlpBias: true,
    }),
    output: [mergers],
  };
}
