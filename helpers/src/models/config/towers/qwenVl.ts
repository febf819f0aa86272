import type { Tower } from "../../Model.ts";
import { ConfigKeys } from "../ConfigKeys.ts";
import type { ConfigReader } from "../ConfigReader.ts";
import { withTowers } from "../pieces/withTowers.ts";
import { qwen2Vision, qwen3Vision, qwen25Vision } from "./qwenVision.ts";

/** Qwen2-VL. */
export const qwen2Vl = joined("qwen2_vl_text", qwen2Vision, { flat: true });

/** Qwen2.5-VL. */
export const qwen25Vl = joined("qwen2_5_vl_text", qwen25Vision, { flat: true });

/** Qwen3-VL. */
export const qwen3Vl = joined("qwen3_vl_text", (keys) => qwen3Vision(keys, 3));

/** Qwen3-VL with experts. */
export const qwen3VlMoe = joined("qwen3_vl_moe_text", (keys) => qwen3Vision(keys, 3));

/** Qwen 3.5 with its vision tower. */
export const qwen35 = joined("qwen3_5_text", (keys) => qwen3Vision(keys, 0));

/** Qwen 3.5 with experts and its vision tower. */
export const qwen35Moe = joined("qwen3_5_moe_text", (keys) => qwen3Vision(keys, 0));

const copies = [
  "hidden_size",
  "intermediate_size",
  "max_window_layers",
  "num_attention_heads",
  "num_hidden_layers",
  "num_key_value_heads",
  "vocab_size",
];

/** A text model and a tower; where `flat`, the keys of the text may stand beside vision_config. */
function joined(
  textType: string,
  visionOf: (keys: ConfigKeys) => Tower,
  options: { readonly flat?: boolean } = {},
): ConfigReader {
  return (keys, context) => {
    const { flat = false } = options;
    const own = keys.part("text_config");
    // Beside a part for the text, copies of its keys say nothing.
    if (own && flat) keys.ignore(...copies);
    const text = own
      ? context.read(own, textType)
      : context.readAs(flat ? keys : new ConfigKeys({}, "text_config"), textType);
    const vision = keys.part("vision_config") ?? new ConfigKeys({}, "vision_config");
    const tower = visionOf(vision);
    vision.refuseUnread(textType);
    return withTowers(keys, text, [tower], { tied: false, eitherTies: flat });
  };
}
