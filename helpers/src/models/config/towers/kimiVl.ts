import type { Block } from "../../blocks/Block.ts";
import { linear } from "../../blocks/Tensor.ts";
import type { Tower } from "../../Model.ts";
import { ConfigKeys } from "../ConfigKeys.ts";
import type { ReaderContext, ReadModel } from "../ConfigReader.ts";
import { biased } from "../pieces/biased.ts";
import { encoderLayers } from "../pieces/encoderLayers.ts";
import { patches, sides } from "../pieces/patches.ts";
import { projector } from "../pieces/projector.ts";
import { withTowers } from "../pieces/withTowers.ts";

/** Kimi K2.5 and its like: K2 with a vision tower that learns positions of height and width. */
export function kimiVl(keys: ConfigKeys, context: ReaderContext): ReadModel {
  const part = keys.part("text_config") ?? new ConfigKeys({}, "text_config");
  const text = context.read(part, "deepseek_v3");
  const vision = keys.part("vision_config") ?? new ConfigKeys({}, "vision_config");
  const width = vision.whole(["hidden_size", "vt_hidden_size"], 1152);
  const tower = kimiTower(vision, width);
  const [high, wide] = sides(vision, "merge_kernel_size", 2);
  const merged = width * high * wide;
  const normed = keys.whole("projection_hidden_size", vision.whole("mm_hidden_size", width));
  const between = projector(
    [
      ...linear("first", merged, merged, "none", { bias: true }),
      ...linear("second", text.hiddenSize, merged, "none", { bias: true }),
    ],
    [{ kind: "norm", size: normed, bias: true }],
  );
  vision.ignore(
    "pos_emb_time",
    "init_pos_emb_time",
    "text_hidden_size",
    "mm_hidden_size",
    "projector_ln_eps",
  );
  vision.refuseUnread("kimi_k25");
  keys.ignore("use_unified_vision_chunk", "projection_hidden_size");
  return withTowers(keys, text, [tower, between], { tied: true });
}

function kimiTower(keys: ConfigKeys, width: number): Tower {
  const [height, across] = sides(keys, "patch_size", 14);
  const rows =
    keys.whole(["pos_emb_height", "init_pos_emb_height"], 64) *
    keys.whole(["pos_emb_width", "init_pos_emb_width"], 64);
  const norm: Block = { kind: "norm", size: width, bias: true };
  return {
    role: "vision",
    input: [patches(width, 3 * height * across, { bias: true }), { kind: "position-table", rows, width }],
    layers: encoderLayers({
      width,
      nHeads: keys.whole(["num_attention_heads", "vt_num_attention_heads"], 16),
      size: keys.whole(["intermediate_size", "vt_intermediate_size"], 4304),
      layers: keys.whole(["num_hidden_layers", "vt_num_hidden_layers"], 27),
      biases: biased(true),
      mlpBias: true,
    }),
    output: [norm],
  };
}
