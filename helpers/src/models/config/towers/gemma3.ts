import { ConfigKeys } from "../ConfigKeys.ts";
import type { ReaderContext, ReadModel } from "../ConfigReader.ts";
import { projector } from "../pieces/projector.ts";
import { withTowers } from "../pieces/withTowers.ts";
import { visionTower } from "./visionTowers.ts";

/** Gemma 3 with its vision tower: SigLIP, a norm and one matrix. */
export function gemma3Joined(keys: ConfigKeys, context: ReaderContext): ReadModel {
  const text = context.read(keys.part("text_config") ?? new ConfigKeys({}, "text_config"), "gemma3_text");
  const { tower, width } = visionTower(keys, { kind: "siglip_vision_model" });
  const between = projector(
    [{ name: "projection", shape: [width, text.hiddenSize], role: "matrix", split: "none" }],
    [{ kind: "norm", size: width }],
  );
  keys.ignore("mm_tokens_per_image", "hidden_size");
  return withTowers(keys, text, [tower, between], { tied: true });
}
